package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.TIMEOUT_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Server and client together, when one of them comes or goes.
class CommandApiLifecycleTest {
  @AutoClose private final CommandApiFixture fixture = new CommandApiFixture();
  private final FakePartitions partitions = fixture.partitions;
  private final Replies replies = fixture.replies;
  private final CommandApiClient client = fixture.client;
  private final Broker broker = fixture.broker;

  @Test
  void shouldReconnectAfterTheBrokerHasRestarted() throws Exception {
    // given
    partitions.behave(CommandApiFixture::answerWithKey);
    int port = fixture.server.port();
    fixture.send(new ResolveIncident(1));
    assertEquals(new Done(1), replies.nextAnswer());
    fixture.server.stop();
    fixture.send(new ResolveIncident(2));
    var refused = replies.nextRefusal(Reason.UNREACHABLE);

    // when
    fixture.server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    fixture.server.start();
    fixture.send(new ResolveIncident(3));

    // then
    assertEquals(new Done(3), replies.nextAnswer());
    assertTrue(refused.message().contains("127.0.0.1:" + port), refused.message());
  }

  @Test
  void shouldTryAgainForWhatIsSentAfterAFailure() throws Exception {
    // given a broker that is back before the sender of the refused request hears of it
    partitions.behave(CommandApiFixture::answerWithKey);
    int port = fixture.server.port();
    fixture.server.stop();
    fixture.server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    Reply.Listener sendsAgain =
        _ -> {
          fixture.server.start();
          fixture.send(new ResolveIncident(2));
        };

    // when
    client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, sendsAgain);

    // then
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldInterruptWhatIsOnItsWayWhenTheBrokerGivesUp() throws Exception {
    // given
    fixture.send(new ResolveIncident(1));
    partitions.next();

    // when
    fixture.server.stop();

    // then
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldAnswerWhatWasTakenBeforeItStops() throws Exception {
    // given
    fixture.send(new ResolveIncident(1));
    var taken = partitions.next();
    var stopping = Thread.ofPlatform().start(fixture.server::stop);
    Thread.sleep(100);
    fixture.send(new ResolveIncident(2));
    replies.nextRefusal(Reason.UNREACHABLE);

    // when
    long start = System.nanoTime();
    taken.answer(new Done(1));

    // then
    assertEquals(new Done(1), replies.nextAnswer());
    stopping.join();
    assertTrue(System.nanoTime() - start < 500_000_000L, "should not wait longer than it must");
  }

  @Test
  void shouldStopAtOnceWithIdleConnections() throws Exception {
    // given
    partitions.behave(CommandApiFixture::answerWithKey);
    fixture.send(new ResolveIncident(1));
    replies.nextAnswer();
    long start = System.nanoTime();

    // when
    fixture.server.stop();

    // then
    assertTrue(System.nanoTime() - start < 500_000_000L);
  }

  @Test
  void shouldForgetTheSessionOfAPeerThatLeft() throws Exception {
    // given
    fixture.send(new ResolveIncident(1));
    var session = partitions.next().session();

    // when
    client.stop();

    // then
    assertSame(session, partitions.closedSessions.poll(10, TimeUnit.SECONDS));
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldRefuseToSendAfterItWasStopped() throws Exception {
    // given
    client.stop();

    // when
    fixture.send(new TriggerDue());

    // then
    replies.nextRefusal(Reason.UNREACHABLE);
  }

  @Test
  void shouldSayWhyThePortCannotBeOpened() {
    // given
    var second = new CommandApiServer(TestSettings.brokerAt(fixture.server.port()), partitions);

    // when
    var failure = assertThrows(IllegalStateException.class, second::start);

    // then
    Stream.of("127.0.0.1", ":" + fixture.server.port(), "zeebe.broker.network.commandApi.port")
        .forEach(part -> assertTrue(failure.getMessage().contains(part), failure.getMessage()));
    second.stop();
  }

  @Test
  void shouldStartAndStopMoreThanOnce() throws Exception {
    // given
    partitions.behave(CommandApiFixture::answerWithKey);

    // when
    fixture.server.start();
    fixture.server.stop();
    fixture.server.stop();
    assertThrows(IllegalStateException.class, fixture.server::port);
    fixture.server.start();

    // then
    client.send(
        CommandApiFixture.brokerAt(fixture.server.port()),
        1,
        new ResolveIncident(1),
        TIMEOUT_MS,
        replies);
    assertEquals(new Done(1), replies.nextAnswer());
  }
}
