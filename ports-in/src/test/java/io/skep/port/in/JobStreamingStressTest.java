package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.in.JobStreaming.Stream;
import io.skep.port.in.JobStreaming.Terms;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Workers come and go on many threads, so that groups close while others are about to enter them.
class JobStreamingStressTest {
  private static final int THREADS = 4;
  private static final int STREAMS = 20_000;

  private final Leader leader = new Leader();
  private final LastReport metrics = new LastReport();
  private final AtomicInteger received = new AtomicInteger();
  private final AtomicInteger givenBack = new AtomicInteger();
  private final Phaser allGone = new Phaser(THREADS);
  private final AtomicBoolean done = new AtomicBoolean();
  private final SimulatedTime time = new SimulatedTime();
  private final JobStreaming streaming =
      new JobStreamingUseCase(
          leader,
          FakeMembership.withLeaders(1, 1),
          time,
          time,
          (command, _, _) -> givenBack.addAndGet(((YieldJobs) command).activations().size()),
          metrics);

  @Test
  @Timeout(60)
  void shouldLeaveNothingBehindWhenAllWorkersHaveGone() throws InterruptedException {
    // given
    var workers = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) workers.add(Thread.ofPlatform().start(this::comeAndGo));
    Thread jobs = Thread.ofPlatform().start(this::handOut);

    // when
    for (Thread worker : workers) worker.join();
    done.set(true);
    jobs.join();

    // then
    assertTrue(leader.opened.size() > 100, "groups were not closed");
    assertEquals(leader.opened, leader.ended);
    assertEquals("0 in 0", metrics.last);
    assertEquals(leader.handedOut, received.get() + givenBack.get());
    assertTrue(received.get() > 0, "nobody got a job");

    // when: the leader ends the requests that wait
    int waiting = leader.waiting.size();
    for (int i = 0; i < waiting; i++) {
      leader.waiting.remove().onReply(new Reply.Answered(new JobsActivated(List.of(), false)));
    }

    // then: nobody asks any more
    assertEquals(0, leader.waiting.size());
  }

  private void comeAndGo() {
    var terms = new Terms("work", "w", 1_000, List.of(), List.of("<default>"), 1_000_000);
    for (int i = 0; i < STREAMS; i++) {
      var worker = new Worker();
      Stream stream = streaming.open(terms, worker);
      if (i % 3 == 0) stream.ready();
      if (i % 5 == 0) Thread.yield();
      worker.gone = true;
      stream.close();
      if (i % 7 == 0) stream.close();
      // Now and then there is nobody at all.
      if (i % 100 == 0) allGone.arriveAndAwaitAdvance();
    }
  }

  private void handOut() {
    while (!done.get()) {
      Reply.Listener listener = leader.waiting.poll();
      if (listener == null) Thread.onSpinWait();
      else listener.onReply(leader.job());
    }
  }

  private final class Worker implements JobStreaming.Receiver {
    private volatile boolean gone;

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public boolean onJob(ActivatedJob job) {
      if (gone) return false;
      received.incrementAndGet();
      return true;
    }
  }

  private static final class Leader implements BrokerClient {
    private final Queue<Reply.Listener> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Long> opened = ConcurrentHashMap.newKeySet();
    private final Set<Long> ended = ConcurrentHashMap.newKeySet();
    private int handedOut;

    Reply job() {
      handedOut++;
      var job = SampleJobs.job(handedOut);
      return new Reply.Answered(new JobsActivated(List.of(job), false));
    }

    @Override
    public Dispatch send(
        Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
      switch (command) {
        case StreamJobs stream -> {
          opened.add(stream.streamId());
          waiting.add(listener);
        }
        case EndJobStream end -> {
          ended.add(end.streamId());
          listener.onReply(new Reply.Answered(new Done(0)));
        }
        default -> throw new AssertionError("nobody should send " + command);
      }
      return Dispatch.GONE;
    }

    @Override
    public void onJobsAvailable(JobsAvailable listener) {}
  }

  private static final class LastReport implements NoMetrics {
    private volatile String last;

    @Override
    public void jobStreams(int clients, int streams) {
      last = clients + " in " + streams;
    }
  }
}
