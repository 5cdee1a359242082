package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.FakePartitions.Submission;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Server and client together, when one of them comes or goes.
class CommandApiLifecycleTest {
  private static final long TIMEOUT_MS = 10_000;

  private final FakePartitions partitions = new FakePartitions();
  private final Replies replies = new Replies();
  private CommandApiServer server;
  private CommandApiClient client;
  private Broker broker;

  @BeforeEach
  void start() {
    server = new CommandApiServer(TestSettings.broker(1), partitions);
    server.start();
    broker = brokerAt(server.port());
    client = new CommandApiClient(TestSettings.gateway(), Optional.empty());
  }

  @AfterEach
  void stop() {
    client.stop();
    server.stop();
  }

  private static Broker brokerAt(int port) {
    return new Broker(1, new Address("127.0.0.1", port), "1.0", List.of());
  }

  private void send(Command command) {
    client.send(broker, 3, command, TIMEOUT_MS, replies);
  }

  private static void answerWithKey(Submission submission) {
    submission.answer(new Done(((ResolveIncident) submission.command()).incidentKey()));
  }

  @Test
  void shouldReconnectAfterTheBrokerHasRestarted() throws Exception {
    // given
    partitions.behave(CommandApiLifecycleTest::answerWithKey);
    int port = server.port();
    send(new ResolveIncident(1));
    assertEquals(new Done(1), replies.nextAnswer());
    server.stop();
    send(new ResolveIncident(2));
    var refused = replies.nextRefusal(Reason.UNREACHABLE);

    // when
    server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    server.start();
    send(new ResolveIncident(3));

    // then
    assertEquals(new Done(3), replies.nextAnswer());
    assertTrue(refused.message().contains("127.0.0.1:" + port), refused.message());
  }

  @Test
  void shouldTryAgainForWhatIsSentAfterAFailure() throws Exception {
    // given a broker that is back before the sender of the refused request hears of it
    partitions.behave(CommandApiLifecycleTest::answerWithKey);
    int port = server.port();
    server.stop();
    server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    Reply.Listener sendsAgain =
        _ -> {
          server.start();
          send(new ResolveIncident(2));
        };

    // when
    client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, sendsAgain);

    // then
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldInterruptWhatIsOnItsWayWhenTheBrokerGivesUp() throws Exception {
    // given
    send(new ResolveIncident(1));
    partitions.next();

    // when
    server.stop();

    // then
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldAnswerWhatWasTakenBeforeItStops() throws Exception {
    // given
    send(new ResolveIncident(1));
    var taken = partitions.next();
    var stopping = Thread.ofPlatform().start(server::stop);
    Thread.sleep(100);
    send(new ResolveIncident(2));
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
    partitions.behave(CommandApiLifecycleTest::answerWithKey);
    send(new ResolveIncident(1));
    replies.nextAnswer();
    long start = System.nanoTime();

    // when
    server.stop();

    // then
    assertTrue(System.nanoTime() - start < 500_000_000L);
  }

  @Test
  void shouldForgetTheSessionOfAPeerThatLeft() throws Exception {
    // given
    send(new ResolveIncident(1));
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
    send(new TriggerDue());

    // then
    replies.nextRefusal(Reason.UNREACHABLE);
  }

  @Test
  void shouldSayWhyThePortCannotBeOpened() {
    // given
    var second = new CommandApiServer(TestSettings.brokerAt(server.port()), partitions);

    // when
    var failure = assertThrows(IllegalStateException.class, second::start);

    // then
    Stream.of("127.0.0.1", ":" + server.port(), "zeebe.broker.network.commandApi.port")
        .forEach(part -> assertTrue(failure.getMessage().contains(part), failure.getMessage()));
    second.stop();
  }

  @Test
  void shouldStartAndStopMoreThanOnce() throws Exception {
    // given
    partitions.behave(CommandApiLifecycleTest::answerWithKey);

    // when
    server.start();
    server.stop();
    server.stop();
    assertThrows(IllegalStateException.class, server::port);
    server.start();

    // then
    client.send(brokerAt(server.port()), 1, new ResolveIncident(1), TIMEOUT_MS, replies);
    assertEquals(new Done(1), replies.nextAnswer());
  }
}
