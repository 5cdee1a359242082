package io.skep.port.in;

import static io.skep.port.in.JobActivationFixture.NO_WAIT;
import static io.skep.port.in.JobActivationFixture.activated;
import static io.skep.port.in.JobActivationFixture.command;
import static io.skep.port.in.JobActivationFixture.givenBack;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests for jobs while leaders come, go and fail.
class JobActivationLeadersTest {
  private final JobActivationFixture fixture = new JobActivationFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;

  @Test
  void shouldWaitForTheFirstBrokerToAppear() {
    // given
    var membership = new FakeMembership(1, 1);
    var jobs = fixture.activation(membership);
    var waiting = new FakeWorker();
    var hasty = new FakeWorker();

    // when
    jobs.activate(command("work", 1), 0, waiting);
    jobs.activate(command("work", 1), NO_WAIT, hasty);

    // then
    assertEquals(List.of("UNREACHABLE"), hasty.heard);

    // when
    membership.lead(1, 0);
    fixture.answer(7);

    // then
    assertEquals(List.of("7", "done"), waiting.heard);
  }

  @Test
  void shouldAskTheNextLeader() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var jobs = fixture.activation(membership);
    var worker = new FakeWorker();
    jobs.activate(command("work", 1), 0, worker);
    fixture.answer();
    fixture.answer();

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
    var jobs = fixture.activation(membership);
    jobs.activate(command("work", 1), 0, new FakeWorker());
    fixture.answer();

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
    var jobs = fixture.activation(membership);
    var worker = new FakeWorker();
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
    fixture.answer();

    // then
    assertEquals(List.of("8", "done"), worker.heard);
  }

  @Test
  void shouldPassOverAPartitionThatLosesItsLeader() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var jobs = fixture.activation(membership);
    var worker = new FakeWorker();
    jobs.activate(command("work", 5), 0, worker);

    // when
    membership.lead(1, -1);
    fixture.answer(7);

    // then
    assertEquals(List.of(1, 2), brokers.partitions());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldFollowToTheLeaderThatItIsToldOf() {
    // given
    var membership = FakeMembership.withLeaders(2, 1);
    var jobs = fixture.activation(membership);
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 1), NO_WAIT, worker);
    brokers.last().refuse(Reason.NOT_LEADER, 1);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(1, brokers.last().nodeId());
    fixture.answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_LEADER", "UNREACHABLE", "INTERRUPTED", "TIMEOUT", "INTERNAL"})
  void shouldPassOverAPartitionThatFailsAndComeBackToIt(Reason reason) {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 1), 0, worker);
    brokers.last().refuse(reason);
    fixture.answer();

    // then
    assertEquals(List.of(1, 2), brokers.partitions());

    // when
    time.pass(500);

    // then
    assertEquals(List.of(1, 2, 1), brokers.partitions());
    fixture.answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldComeBackSoonerToAPartitionThatFailedForTheFirstTime() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    jobs.activate(command("work", 1), 0, new FakeWorker());

    // when
    var waited = new ArrayList<Integer>();
    for (int i = 0; i < 7; i++) waited.add(msUntilAskedAgainAfterAFailure());

    // then
    assertEquals(List.of(20, 40, 80, 160, 320, 500, 500), waited);

    // when: it works again, and the next request finds it failing
    fixture.answer(7);
    jobs.activate(command("work", 1), 0, new FakeWorker());

    // then
    assertEquals(20, msUntilAskedAgainAfterAFailure());
  }

  @Test
  void shouldNotComeBackLaterForAnotherPartitionThatIsGone() {
    // given: partition 1 has failed for long
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    jobs.activate(command("work", 1), 0, new FakeWorker());
    brokers.last().refuse(Reason.UNREACHABLE);
    fixture.answer();
    for (int i = 0; i < 6; i++) msUntilAskedAgainAfterAFailure();
    brokers.last().refuse(Reason.UNREACHABLE);

    // when
    brokers.news().jobsAvailable(2, "work");

    // then
    assertEquals(2, brokers.partitions().getLast());
    assertEquals(20, msUntilAskedAgainAfterAFailure());
    assertEquals(2, brokers.partitions().getLast());
  }

  private int msUntilAskedAgainAfterAFailure() {
    int asked = brokers.sent.size();
    brokers.last().refuse(Reason.UNREACHABLE);
    for (int ms = 1; ms <= 1_000; ms++) {
      time.pass(1);
      if (brokers.sent.size() > asked) return ms;
    }
    return -1;
  }

  @Test
  void shouldSayTooMuchToDoIfThereWereNoJobsElsewhere() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();
    var lucky = new FakeWorker();

    // when
    jobs.activate(command("work", 1), 0, worker);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    fixture.answer();
    jobs.activate(command("other", 1), 0, lucky);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    fixture.answer(7);

    // then
    assertEquals(List.of("RESOURCE_EXHAUSTED"), worker.heard);
    assertEquals(List.of("7", "done"), lucky.heard);
  }
}
