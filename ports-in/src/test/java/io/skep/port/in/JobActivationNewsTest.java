package io.skep.port.in;

import static io.skep.port.in.JobActivationFixture.NO_WAIT;
import static io.skep.port.in.JobActivationFixture.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a gateway makes of the news that there are jobs, and of none.
class JobActivationNewsTest {
  private final JobActivationFixture fixture = new JobActivationFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;

  @Test
  void shouldNotMissNewsThatOvertakesTheAnswer() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    brokers.news().jobsAvailable(1, "work");
    fixture.answer();

    // then
    assertEquals(2, brokers.sent.size());
    fixture.answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldNotMissNewsOfAPartitionThatThePassHasLeftBehind() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    fixture.answer();
    brokers.news().jobsAvailable(1, "work");
    fixture.answer();

    // then
    assertEquals(List.of(1, 2, 1), brokers.partitions());
    fixture.answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldAskNobodyWhenItIsKnownThatThereIsNothing() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new FakeWorker());
      fixture.answer();
      fixture.answer();
    }
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 1), 0, worker);

    // then
    assertEquals(6, brokers.sent.size());

    // when
    brokers.news().jobsAvailable(1, "work");
    fixture.answer(7);

    // then
    assertEquals(7, brokers.sent.size());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldLookForItselfOnceInAWhile() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();
    jobs.activate(command("work", 1), 60_000, worker);
    fixture.answer();
    fixture.answer();

    // when
    time.pass(9_999);

    // then
    assertEquals(2, brokers.sent.size());

    // when
    time.pass(1);

    // then
    assertEquals(3, brokers.sent.size());
    fixture.answer(7);
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldLookForItselfOnceInAWhileThoughNoRequestWaitsThatLong() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    for (int i = 0; i < 3; i++) {
      jobs.activate(command("work", 1), NO_WAIT, new FakeWorker());
      fixture.answer();
    }

    // when
    for (int i = 0; i < 6; i++) {
      jobs.activate(command("work", 1), 4_000, new FakeWorker());
      if (brokers.sent.size() == 4) fixture.answer();
      time.pass(4_000);
    }

    // then
    assertEquals(5, brokers.sent.size());
  }

  @Test
  void shouldAskABrokerAgainThatCouldNotTell() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(2, 2));
    jobs.activate(command("work", 1), 0, new FakeWorker());
    fixture.answer();
    fixture.answer();

    // when
    brokers.news().newsLost(1);

    // then
    assertEquals(List.of(1, 2, 2), brokers.partitions());
  }
}
