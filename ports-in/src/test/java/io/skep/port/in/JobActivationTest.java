package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.json.JsonObject;
import io.skep.port.in.GatewaySettings.LongPolling;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobActivationTest {
  private static final long NO_WAIT = -1;

  private final SimulatedTime time = new SimulatedTime();
  private final FakeBrokers brokers = new FakeBrokers();
  private final WaitingMetrics metrics = new WaitingMetrics();

  @Test
  void shouldAskEveryPartitionOnce() {
    // given
    var jobs = activation(FakeMembership.withLeaders(3, 3));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 10), NO_WAIT, worker);
    for (int i = 0; i < 3; i++) answer();

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of("done"), worker.heard);
    assertEquals(0, time.scheduled());
  }

  @Test
  void shouldStartAtAnotherPartitionEachTime() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 3));

    // when
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 10), NO_WAIT, new Worker());
      for (int p = 0; p < 3; p++) answer();
    }
    jobs.activate(command("other", 10), NO_WAIT, new Worker());

    // then
    assertEquals(List.of(1, 2, 3, 2, 3, 1, 3, 1, 2, 1), brokers.partitions());
  }

  @Test
  void shouldSpreadTheWantedJobsOverThePartitions() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 4));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), NO_WAIT, worker);
    answer(1, 2);
    answer();
    answer(3, 4, 5);

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of(5, 3, 3), brokers.sent.stream().map(JobActivationTest::maxJobs).toList());
    assertEquals(List.of("1,2", "3,4,5", "done"), worker.heard);
  }

  @Test
  void shouldAskAPartitionAgainThatCouldNotSendAll() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), NO_WAIT, worker);
    brokers.last().answer(new JobsActivated(jobs(1), true));
    answer(2);
    answer();

    // then
    assertEquals(List.of(1, 1, 2), brokers.partitions());
    assertEquals(List.of("1", "2", "done"), worker.heard);
  }

  @Test
  void shouldWaitUntilAPartitionHasJobs() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    answer();
    answer();
    time.pass(5_000);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(), worker.heard);

    // when
    brokers.news().jobsAvailable(2, "work");
    answer(7);

    // then
    assertEquals(List.of(1, 2, 2), brokers.partitions());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldEndWithNothingWhenTheTimeIsOver() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    var configured = new Worker();
    var own = new Worker();

    // when
    jobs.activate(command("work", 5), 0, configured);
    jobs.activate(command("work", 5), 3_000, own);
    brokers.sent.get(0).answer(activated());
    brokers.sent.get(1).answer(activated());
    time.pass(2_999);

    // then
    assertEquals(List.of(), own.heard);

    // when
    time.pass(1);

    // then
    assertEquals(List.of("done"), own.heard);
    assertEquals(List.of(), configured.heard);

    // when
    time.pass(7_000);

    // then
    assertEquals(List.of("done"), configured.heard);
  }

  @Test
  void shouldNotWaitIfLongPollingIsOff() {
    // given
    var settings =
        new GatewaySettings(
            Duration.ofSeconds(15),
            new LongPolling(false, Duration.ofSeconds(10), Duration.ofSeconds(10), 3));
    var jobs = activation(FakeMembership.withLeaders(1, 1), settings);
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), 3_000, worker);
    answer();

    // then
    assertEquals(List.of("done"), worker.heard);
  }

  @Test
  void shouldNotMissNewsThatOvertakesTheAnswer() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    brokers.news().jobsAvailable(1, "work");
    answer();

    // then
    assertEquals(2, brokers.sent.size());
    answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldNotMissNewsOfAPartitionThatThePassHasLeftBehind() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    answer();
    brokers.news().jobsAvailable(1, "work");
    answer();

    // then
    assertEquals(List.of(1, 2, 1), brokers.partitions());
    answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldServeFirstWhoCameFirst() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    var first = new Worker();
    var second = new Worker();
    var third = new Worker();
    for (Worker worker : List.of(first, second, third)) {
      jobs.activate(command("work", 1), 0, worker);
      answer();
    }

    // when
    brokers.news().jobsAvailable(1, "work");

    // then
    assertEquals(4, brokers.sent.size());

    // when
    answer(7);

    // then
    assertEquals(List.of("7", "done"), first.heard);
    assertEquals(5, brokers.sent.size());

    // when
    answer();
    brokers.news().jobsAvailable(1, "work");
    answer(8);
    answer();

    // then
    assertEquals(List.of("8", "done"), second.heard);
    assertEquals(List.of(), third.heard);
    assertEquals(7, brokers.sent.size());
  }

  @Test
  void shouldAskNobodyWhenItIsKnownThatThereIsNothing() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new Worker());
      answer();
      answer();
    }
    var worker = new Worker();

    // when
    jobs.activate(command("work", 1), 0, worker);

    // then
    assertEquals(6, brokers.sent.size());

    // when
    brokers.news().jobsAvailable(1, "work");
    answer(7);

    // then
    assertEquals(7, brokers.sent.size());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldLookForItselfOnceInAWhile() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();
    jobs.activate(command("work", 1), 60_000, worker);
    answer();
    answer();

    // when
    time.pass(9_999);

    // then
    assertEquals(2, brokers.sent.size());

    // when
    time.pass(1);

    // then
    assertEquals(3, brokers.sent.size());
    answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldLookForItselfOnceInAWhileThoughNoRequestWaitsThatLong() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new Worker());
      answer();
    }

    // when
    for (int i = 0; i < 6; i++) {
      jobs.activate(command("work", 1), 4_000, new Worker());
      if (brokers.sent.size() == 4) answer();
      time.pass(4_000);
    }

    // then
    assertEquals(5, brokers.sent.size());
  }

  @Test
  void shouldAskTheNextLeader() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var jobs = activation(membership);
    var worker = new Worker();
    jobs.activate(command("work", 1), 0, worker);
    answer();
    answer();

    // when
    membership.lead(2, 0);

    // then
    assertEquals(List.of(1, 2, 2), brokers.partitions());
    assertEquals(0, brokers.last().nodeId());
  }

  @Test
  void shouldAskALeaderAgainThatWasElectedAnew() {
    // given
    var membership = FakeMembership.withLeaders(1, 1);
    var jobs = activation(membership);
    jobs.activate(command("work", 1), 0, new Worker());
    answer();

    // when
    membership.publish();

    // then
    assertEquals(1, brokers.sent.size());

    // when
    membership.lead(1, 0);

    // then
    assertEquals(2, brokers.sent.size());
  }

  @Test
  void shouldNotWaitForALeaderThatLeadsNoMore() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var jobs = activation(membership);
    var worker = new Worker();
    jobs.activate(command("work", 5), 0, worker);
    var stuck = brokers.last();

    // when
    membership.lead(1, 1);

    // then
    assertEquals(List.of(1, 1), brokers.partitions());
    assertEquals(1, brokers.last().nodeId());

    // when
    stuck.answer(activated(7));

    // then
    assertEquals(givenBack(7), brokers.last().command());

    // when
    brokers.sent.get(1).answer(activated(8));
    answer();

    // then
    assertEquals(List.of("8", "done"), worker.heard);
  }

  @Test
  void shouldPassOverAPartitionThatLosesItsLeader() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var jobs = activation(membership);
    var worker = new Worker();
    jobs.activate(command("work", 5), 0, worker);

    // when
    membership.lead(1, -1);
    answer(7);

    // then
    assertEquals(List.of(1, 2), brokers.partitions());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldAskABrokerAgainThatCouldNotTell() {
    // given
    var jobs = activation(FakeMembership.withLeaders(2, 2));
    jobs.activate(command("work", 1), 0, new Worker());
    answer();
    answer();

    // when
    brokers.news().newsLost(1);

    // then
    assertEquals(List.of(1, 2, 2), brokers.partitions());
  }

  @Test
  void shouldFollowToTheLeaderThatItIsToldOf() {
    // given
    var membership = FakeMembership.withLeaders(2, 1);
    var jobs = activation(membership);
    var worker = new Worker();

    // when
    jobs.activate(command("work", 1), NO_WAIT, worker);
    brokers.last().refuse(Reason.NOT_LEADER, 1);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(1, brokers.last().nodeId());
    answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_LEADER", "UNREACHABLE", "INTERRUPTED", "TIMEOUT", "INTERNAL"})
  void shouldPassOverAPartitionThatFailsAndComeBackToIt(Reason reason) {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 1), 0, worker);
    brokers.last().refuse(reason);
    answer();

    // then
    assertEquals(List.of(1, 2), brokers.partitions());

    // when
    time.pass(500);

    // then
    assertEquals(List.of(1, 2, 1), brokers.partitions());
    answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldSayTooMuchToDoIfThereWereNoJobsElsewhere() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();
    var lucky = new Worker();

    // when
    jobs.activate(command("work", 1), 0, worker);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    answer();
    jobs.activate(command("other", 1), 0, lucky);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    answer(7);

    // then
    assertEquals(List.of("RESOURCE_EXHAUSTED"), worker.heard);
    assertEquals(List.of("7", "done"), lucky.heard);
  }

  @Test
  void shouldPassOnARejection() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command(" ", 1), 0, worker);
    brokers.last().answer(new Rejection(Rejection.Reason.INVALID_ARGUMENT, "blank"));

    // then
    assertEquals(1, brokers.sent.size());
    assertEquals(List.of("blank"), worker.heard);
  }

  @Test
  void shouldHaveThePartitionRejectWhatMakesNoSenseThoughNothingIsThere() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new Worker());
      answer();
    }

    // when
    jobs.activate(
        new ActivateJobs("work", "w", 0, 1, List.of(), List.of("<default>"), 1_000),
        0,
        new Worker());

    // then
    assertEquals(4, brokers.sent.size());
  }

  @Test
  void shouldLetWaitWhoWantsNoJobs() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 0), 2_000, worker);
    time.pass(1_999);

    // then
    assertEquals(List.of(), worker.heard);

    // when
    time.pass(1);

    // then
    assertEquals(List.of("done"), worker.heard);
    assertEquals(0, brokers.sent.size());
  }

  @Test
  void shouldGiveBackJobsOfAWorkerThatHasGone() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();

    // when
    jobs.activate(command("work", 5), 0, worker).cancel();
    brokers.last().answer(new JobsActivated(List.of(job(1, 7), job(1, 8)), false));

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(1, brokers.last().partitionId());
    assertEquals(givenBack(7, 8), brokers.last().command());
    assertEquals(List.of(), worker.heard);
  }

  @Test
  void shouldGiveBackJobsThatCannotBeDelivered() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 2));
    var worker = new Worker();
    worker.takes = false;

    // when
    jobs.activate(command("work", 5), 0, worker);
    brokers.last().answer(new JobsActivated(List.of(job(1, 7)), false));

    // then
    assertEquals(givenBack(7), brokers.last().command());
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of("done"), worker.heard);
  }

  @Test
  void shouldNotWakeWhoHasGone() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    var gone = new Worker();
    var next = new Worker();
    var request = jobs.activate(command("work", 5), 0, gone);
    answer();
    jobs.activate(command("work", 5), 0, next);
    answer();

    // when
    request.cancel();
    brokers.news().jobsAvailable(1, "work");
    answer(7);

    // then
    assertEquals(List.of(), gone.heard);
    assertEquals(List.of("7", "done"), next.heard);
  }

  @Test
  void shouldWaitForTheFirstBrokerToAppear() {
    // given
    var membership = new FakeMembership(1, 1);
    var jobs = activation(membership);
    var waiting = new Worker();
    var hasty = new Worker();

    // when
    jobs.activate(command("work", 1), 0, waiting);
    jobs.activate(command("work", 1), NO_WAIT, hasty);

    // then
    assertEquals(List.of("UNREACHABLE"), hasty.heard);

    // when
    membership.lead(1, 0);
    answer(7);

    // then
    assertEquals(List.of("7", "done"), waiting.heard);
  }

  @Test
  void shouldAskSeveralPartitionsAtATimeIfSeveralWait() {
    // given
    var membership = new FakeMembership(1, 4);
    var jobs = activation(membership);
    jobs.activate(command("work", 1), 0, new Worker());
    jobs.activate(command("work", 1), 0, new Worker());

    // when
    for (int p = 1; p <= 4; p++) membership.lead(p, 0);

    // then
    assertEquals(2, brokers.sent.size());
  }

  @Test
  void shouldForgetTypesThatNobodyAsksFor() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3 * JobActivationUseCase.MOST_IDLE_TYPES; i++) {
      jobs.activate(command("type-" + i, 1), NO_WAIT, new Worker());
      answer();
    }
    var worker = new Worker();

    // when
    jobs.activate(command("type-2999", 1), 0, worker);
    answer(7);

    // then
    assertEquals(List.of("7", "done"), worker.heard);
    assertEquals(JobActivationUseCase.MOST_IDLE_TYPES, ((JobActivationUseCase) jobs).types());
  }

  @Test
  void shouldReportHowManyWait() {
    // given
    var jobs = activation(FakeMembership.withLeaders(1, 1));

    // when
    for (int i = 0; i < 2; i++) {
      jobs.activate(command("work", 1), 0, new Worker());
      answer();
    }
    brokers.news().jobsAvailable(1, "work");
    time.pass(10_000);
    answer(7);

    // then
    assertEquals(List.of(1, 2, 1, 0), metrics.ofWork);
  }

  private JobActivation activation(FakeMembership membership) {
    return activation(membership, GatewaySettings.defaults());
  }

  private JobActivation activation(FakeMembership membership, GatewaySettings settings) {
    var watch = new TopologyWatch(membership, time);
    var commands = new CommandGatewayUseCase(brokers, membership, watch, time, settings);
    return new JobActivationUseCase(brokers, membership, time, time, settings, commands, metrics);
  }

  /// Answers what was asked last.
  private void answer(long... counters) {
    brokers.last().answer(activated(counters));
  }

  private static JobsActivated activated(long... counters) {
    return new JobsActivated(jobs(counters), false);
  }

  private static List<ActivatedJob> jobs(long... counters) {
    return LongStream.of(counters).mapToObj(counter -> job(1, counter)).toList();
  }

  static ActivatedJob job(int partitionId, long counter) {
    return new ActivatedJob(
        Routing.key(partitionId, counter),
        "work",
        1,
        "order",
        1,
        1,
        "task",
        1,
        JsonObject.empty(),
        "w",
        3,
        1_000,
        JsonObject.empty(),
        "<default>");
  }

  private static YieldJobs givenBack(long... counters) {
    return new YieldJobs(
        LongStream.of(counters)
            .mapToObj(counter -> new Activation(Routing.key(1, counter), 1_000))
            .toList());
  }

  static ActivateJobs command(String type, int maxJobs) {
    return new ActivateJobs(type, "w", 1_000, maxJobs, List.of(), List.of("<default>"), 1_000_000);
  }

  private static int maxJobs(FakeBrokers.Sent sent) {
    return assertInstanceOf(ActivateJobs.class, sent.command()).maxJobs();
  }

  /// Writes down what it hears: counters of jobs, "done", a reason or a message.
  private static final class Worker implements JobActivation.Receiver {
    private final List<String> heard = new ArrayList<>();
    private boolean takes = true;

    @Override
    public boolean onJobs(List<ActivatedJob> jobs) {
      if (!takes) return false;
      var counters = jobs.stream().map(job -> Long.toString(job.key() - Routing.key(1, 0)));
      heard.add(String.join(",", counters.toList()));
      return true;
    }

    @Override
    public void onDone() {
      heard.add("done");
    }

    @Override
    public void onFailure(Reply reply) {
      heard.add(
          switch (reply) {
            case Refused refused -> refused.reason().name();
            case Reply.Answered(Rejection rejection) -> rejection.message();
            case Reply.Answered other -> other.toString();
          });
      assertTrue(heard.size() == 1, "a failure comes alone");
    }
  }

  /// Keeps how many were said to wait.
  private static final class WaitingMetrics implements NoMetrics {
    private final List<Integer> ofWork = new ArrayList<>();

    @Override
    public void waiting(String jobType, int requests) {
      if (jobType.equals("work")) ofWork.add(requests);
    }
  }
}
