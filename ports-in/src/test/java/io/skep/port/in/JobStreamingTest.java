package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.in.FakeBrokers.Sent;
import io.skep.port.in.JobStreaming.Stream;
import io.skep.port.in.JobStreaming.Terms;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Streams of jobs as a gateway holds them open.
class JobStreamingTest {
  private final SimulatedTime time = new SimulatedTime();
  private final FakeBrokers brokers = new FakeBrokers();
  private final FakeMembership membership = FakeMembership.withLeaders(2, 2);
  private final List<Command> givenBack = new ArrayList<>();
  private final JobStreaming streaming =
      new JobStreamingUseCase(
          brokers,
          membership,
          time,
          time,
          (command, _, _) -> givenBack.add(command),
          NoMetrics.create());

  @Test
  void shouldAskEveryPartitionsLeader() {
    // when
    streaming.open(terms("w"), new Worker());

    // then
    assertEquals(List.of("0/1", "0/1", "1/2", "1/2"), asked());
    var request = assertInstanceOf(StreamJobs.class, brokers.last().command());
    assertEquals("work", request.type());
    assertEquals(List.of(), request.jobKeys());
  }

  @Test
  void shouldPushWhatComesAndAskAgain() {
    // given
    var worker = new Worker();
    streaming.open(terms("w"), worker);
    Sent request = brokers.sent.getFirst();

    // when
    answer(request, 1, 2);

    // then
    assertEquals(List.of(1L, 2L), worker.received);
    assertEquals(5, brokers.sent.size());
    assertEquals(request.command(), brokers.last().command());
    assertEquals(request.partitionId(), brokers.last().partitionId());
  }

  @Test
  void shouldShareJobsAmongWorkersOnTheSameTerms() {
    // given
    var first = new Worker();
    var second = new Worker();
    streaming.open(terms("w"), first);
    streaming.open(terms("w"), second);
    assertEquals(4, brokers.sent.size());

    // when
    answer(brokers.sent.getFirst(), 1, 2, 3, 4);

    // then
    assertEquals(2, first.received.size());
    assertEquals(2, second.received.size());
  }

  @Test
  void shouldKeepWorkersOnOtherTermsApart() {
    // given
    streaming.open(terms("w"), new Worker());

    // when
    streaming.open(terms("v"), new Worker());

    // then
    assertEquals(8, brokers.sent.size());
    long streams =
        brokers.sent.stream()
            .map(sent -> ((StreamJobs) sent.command()).streamId())
            .distinct()
            .count();
    assertEquals(2, streams);
  }

  @Test
  void shouldPassOverAWorkerThatDoesNotKeepUp() {
    // given
    var slow = new Worker();
    var quick = new Worker();
    streaming.open(terms("w"), slow);
    streaming.open(terms("w"), quick);
    slow.ready = false;

    // when
    answer(brokers.sent.getFirst(), 1, 2);

    // then
    assertEquals(List.of(), slow.received);
    assertEquals(List.of(1L, 2L), quick.received);
  }

  @Test
  void shouldNotAskForMoreThanAnybodyTakes() {
    // given
    var worker = new Worker();
    Stream stream = streaming.open(terms("w"), worker);
    worker.readyFor = 1;

    // when
    answer(brokers.sent.getFirst(), 1, 2);

    // then: what has come is delivered
    assertEquals(List.of(1L, 2L), worker.received);
    assertEquals(4, brokers.sent.size());

    // when
    answer(brokers.sent.get(1), 3);

    // then
    assertEquals(List.of(1L, 2L), worker.received);
    assertEquals(List.of(3L), keysGivenBack());

    // when
    worker.readyFor = 10;
    stream.ready();

    // then
    assertEquals(6, brokers.sent.size());
  }

  @Test
  void shouldGiveBackWhatNobodyIsThereToTake() {
    // given
    var worker = new Worker();
    Stream stream = streaming.open(terms("w"), worker);

    // when
    stream.close();
    answer(brokers.sent.getFirst(), 1);

    // then
    assertEquals(List.of(), worker.received);
    assertEquals(List.of(1L), keysGivenBack());
  }

  @Test
  void shouldTellPartitionsWhenTheLastWorkerHasGone() {
    // given
    Stream first = streaming.open(terms("w"), new Worker());
    Stream second = streaming.open(terms("w"), new Worker());

    // when
    first.close();
    first.close();

    // then
    assertEquals(4, brokers.sent.size());

    // when
    second.close();

    // then
    assertEquals(List.of(1, 2), brokers.partitions().subList(4, 6));
    long streamId = ((StreamJobs) brokers.sent.getFirst().command()).streamId();
    assertEquals(new EndJobStream(streamId, "work"), brokers.last().command());
    brokers.last().answer(new Done(0));

    // when
    streaming.open(terms("w"), new Worker());

    // then
    assertEquals(10, brokers.sent.size());
  }

  @Test
  void shouldFollowTheLead() {
    // given
    streaming.open(terms("w"), new Worker());

    // when
    membership.lead(1, 1);

    // then
    assertEquals(List.of("1/1", "1/1"), asked().subList(4, 6));

    // when: the old leader has noticed as well
    brokers.sent.getFirst().refuse(Reason.NOT_LEADER, 1);
    time.pass(1_000);

    // then
    assertEquals(6, brokers.sent.size());
  }

  @Test
  void shouldDeliverWhatAFormerLeaderStillHandsOut() {
    // given
    var worker = new Worker();
    streaming.open(terms("w"), worker);
    membership.lead(1, 1);

    // when
    answer(brokers.sent.getFirst(), 7);

    // then
    assertEquals(List.of(7L), worker.received);
    assertEquals(6, brokers.sent.size());
  }

  @Test
  void shouldAskALeaderAgainALittleLaterThatCouldNotBeAsked() {
    // given
    streaming.open(terms("w"), new Worker());

    // when
    brokers.sent.getFirst().refuse(Reason.UNREACHABLE);
    brokers.sent.get(1).refuse(Reason.UNREACHABLE);

    // then
    assertEquals(4, brokers.sent.size());

    // when
    time.pass(250);

    // then
    assertEquals(List.of("0/1", "0/1"), asked().subList(4, 6));
  }

  @Test
  void shouldWaitForPartitionsThatHaveNoLeaderYet() {
    // given
    membership.lead(1, -1);
    streaming.open(terms("w"), new Worker());
    assertEquals(List.of("1/2", "1/2"), asked());

    // when
    membership.lead(1, 0);

    // then
    assertEquals(List.of("0/1", "0/1"), asked().subList(2, 4));
  }

  @Test
  void shouldSayWhyNobodyTakesJobsOnSomeTerms() {
    // given
    var typeless = new Terms(" ", "w", 1_000, List.of(), List.of(), 1_000);
    var timeless = new Terms("work", "w", 0, List.of(), List.of(), 1_000);

    // then
    assertNull(terms("w").problem());
    assertEquals("Expected to stream jobs of a type, but it was blank", typeless.problem());
    assertEquals(
        "Expected to stream jobs with a timeout of 1 ms or more, but it was '0'",
        timeless.problem());
  }

  private static Terms terms(String worker) {
    return new Terms("work", worker, 1_000, List.of(), List.of("<default>"), 1_000_000);
  }

  private List<String> asked() {
    return brokers.sent.stream().map(sent -> sent.nodeId() + "/" + sent.partitionId()).toList();
  }

  private static void answer(Sent request, long... keys) {
    var jobs = new ArrayList<ActivatedJob>();
    for (long key : keys) jobs.add(SampleJobs.job(key));
    request.answer(new JobsActivated(jobs, false));
  }

  private List<Long> keysGivenBack() {
    return givenBack.stream()
        .flatMap(command -> ((YieldJobs) command).activations().stream())
        .map(activation -> activation.jobKey())
        .toList();
  }

  private static final class Worker implements JobStreaming.Receiver {
    private final List<Long> received = new ArrayList<>();
    private boolean ready = true;
    private int readyFor = 100;

    @Override
    public boolean isReady() {
      return ready && received.size() < readyFor;
    }

    @Override
    public boolean onJob(ActivatedJob job) {
      received.add(job.key());
      return true;
    }
  }
}
