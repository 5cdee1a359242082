package io.skep.port.in;

import static io.skep.port.in.JobActivationFixture.activated;
import static io.skep.port.in.JobActivationFixture.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.port.in.GatewaySettings.LongPolling;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Requests for jobs that wait until there are some.
class JobActivationWaitingTest {
  private final JobActivationFixture fixture = new JobActivationFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;

  @Test
  void shouldWaitUntilAPartitionHasJobs() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 2));
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), 0, worker);
    fixture.answer();
    fixture.answer();
    time.pass(5_000);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(), worker.heard);

    // when
    brokers.news().jobsAvailable(2, "work");
    fixture.answer(7);

    // then
    assertEquals(List.of(1, 2, 2), brokers.partitions());
    assertEquals(List.of("7", "done"), worker.heard);
  }

  @Test
  void shouldEndWithNothingWhenTheTimeIsOver() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    var configured = new FakeWorker();
    var own = new FakeWorker();

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
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1), settings);
    var worker = new FakeWorker();

    // when
    jobs.activate(command("work", 5), 3_000, worker);
    fixture.answer();

    // then
    assertEquals(List.of("done"), worker.heard);
  }

  @Test
  void shouldLetWaitWhoWantsNoJobs() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    var worker = new FakeWorker();

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
  void shouldServeFirstWhoCameFirst() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    var first = new FakeWorker();
    var second = new FakeWorker();
    var third = new FakeWorker();
    for (FakeWorker worker : List.of(first, second, third)) {
      jobs.activate(command("work", 1), 0, worker);
      fixture.answer();
    }

    // when
    brokers.news().jobsAvailable(1, "work");

    // then
    assertEquals(4, brokers.sent.size());

    // when
    fixture.answer(7);

    // then
    assertEquals(List.of("7", "done"), first.heard);
    assertEquals(5, brokers.sent.size());

    // when
    fixture.answer();
    brokers.news().jobsAvailable(1, "work");
    fixture.answer(8);
    fixture.answer();

    // then
    assertEquals(List.of("8", "done"), second.heard);
    assertEquals(List.of(), third.heard);
    assertEquals(7, brokers.sent.size());
  }

  @Test
  void shouldNotWakeWhoHasGone() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));
    var gone = new FakeWorker();
    var next = new FakeWorker();
    var request = jobs.activate(command("work", 5), 0, gone);
    fixture.answer();
    jobs.activate(command("work", 5), 0, next);
    fixture.answer();

    // when
    request.cancel();
    brokers.news().jobsAvailable(1, "work");
    fixture.answer(7);

    // then
    assertEquals(List.of(), gone.heard);
    assertEquals(List.of("7", "done"), next.heard);
  }

  @Test
  void shouldReportHowManyWait() {
    // given
    var jobs = fixture.activation(FakeMembership.withLeaders(1, 1));

    // when
    for (int i = 0; i < 2; i++) {
      jobs.activate(command("work", 1), 0, new FakeWorker());
      fixture.answer();
    }
    brokers.news().jobsAvailable(1, "work");
    time.pass(10_000);
    fixture.answer(7);

    // then
    assertEquals(List.of(1, 2, 1, 0), fixture.waiting);
  }
}
