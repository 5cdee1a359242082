package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.TIMEOUT_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the client does about brokers that do not do as they should.
class CommandApiClientTest {
  private final Replies replies = new Replies();
  private ServerSocket listener;
  private CommandApiClient client;
  private Broker broker;

  @BeforeEach
  void start() throws IOException {
    listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    broker = new Broker(2, new Address("127.0.0.1", listener.getLocalPort()), "1.0", List.of());
    client = new CommandApiClient(TestSettings.gateway(), Optional.empty());
  }

  @AfterEach
  void stop() throws IOException {
    client.stop();
    listener.close();
  }

  private void send(long key) {
    client.send(broker, 1, new ResolveIncident(key), TIMEOUT_MS, replies);
  }

  private RawPeer accept() throws IOException {
    return new RawPeer(listener.accept());
  }

  private RawPeer acceptAndGreet() throws IOException {
    var peer = accept();
    assertEquals(new Frame.Hello(1, "test", "member-1"), peer.read());
    peer.write(RawPeer.frame(writer -> writer.hello("test", "broker")));
    return peer;
  }

  private static byte[] answer(long requestId, long key) {
    return RawPeer.frame(writer -> writer.reply(requestId, new Answered(new Done(key))));
  }

  @Test
  void shouldNotSendBeforeTheBrokerHasGreeted() throws Exception {
    // given
    send(1);
    try (var peer = accept()) {
      assertInstanceOf(Frame.Hello.class, peer.read());

      // when
      peer.write(RawPeer.frame(writer -> writer.goodbye(GoodbyeReason.OTHER_CLUSTER, "not you")));

      // then
      var refused = replies.nextRefusal(Reason.UNREACHABLE);
      assertTrue(refused.message().contains("not you"), refused.message());
    }
  }

  @Test
  void shouldGiveUpABrokerThatDoesNotGreet() throws Exception {
    // given
    send(1);
    try (var peer = accept()) {
      // when, then
      var refused = replies.nextRefusal(Reason.UNREACHABLE);
      assertTrue(refused.message().contains("greeting within PT1S"), refused.message());
      peer.readToTheEnd();
    }
  }

  @Test
  void shouldGiveUpABrokerOfAnotherCluster() throws Exception {
    // given
    send(1);
    try (var peer = accept()) {
      assertInstanceOf(Frame.Hello.class, peer.read());

      // when
      peer.write(RawPeer.frame(writer -> writer.hello("other", "broker")));

      // then
      var refused = replies.nextRefusal(Reason.UNREACHABLE);
      assertTrue(refused.message().contains("'other'"), refused.message());
      peer.readGoodbye(GoodbyeReason.OTHER_CLUSTER);
    }
  }

  @Test
  void shouldInterruptWhatWasSentWhenTheConnectionBreaks() throws Exception {
    // given
    send(1);
    try (var peer = acceptAndGreet()) {
      peer.read();
    }

    // when, then
    replies.nextRefusal(Reason.INTERRUPTED);
    send(2);
    try (var peer = acceptAndGreet()) {
      var request = assertInstanceOf(Frame.Request.class, peer.read());
      peer.write(answer(request.requestId(), 2));
      assertEquals(new Done(2), replies.nextAnswer());
    }
  }

  @Test
  void shouldUseANewConnectionWhenTheBrokerSaysGoodbye() throws Exception {
    // given
    send(1);
    try (var old = acceptAndGreet()) {
      var request = assertInstanceOf(Frame.Request.class, old.read());
      old.write(RawPeer.frame(writer -> writer.goodbye(GoodbyeReason.STOPPING, "bye")));
      // Now the client knows; the next request must not go this way.
      Thread.sleep(100);

      // when
      send(2);
      try (var peer = acceptAndGreet()) {
        var second = assertInstanceOf(Frame.Request.class, peer.read());
        peer.write(answer(second.requestId(), 2));
        assertEquals(new Done(2), replies.nextAnswer());
      }
      old.write(answer(request.requestId(), 1));

      // then
      assertEquals(new Done(1), replies.nextAnswer());
      old.readToTheEnd();
    }
  }

  @Test
  void shouldIgnoreRepliesToNobody() throws Exception {
    // given
    send(1);
    try (var peer = acceptAndGreet()) {
      var request = assertInstanceOf(Frame.Request.class, peer.read());

      // when
      peer.write(answer(request.requestId() + 1_000, 5));
      peer.write(answer(request.requestId(), 1));
      peer.write(answer(request.requestId(), 6));

      // then
      assertEquals(new Done(1), replies.nextAnswer());
      assertTrue(replies.isSilent(100));
    }
  }

  @Test
  void shouldSayThatAnAnswerCannotBeRead() throws Exception {
    // given
    send(1);
    send(2);
    try (var peer = acceptAndGreet()) {
      var first = assertInstanceOf(Frame.Request.class, peer.read());
      var second = assertInstanceOf(Frame.Request.class, peer.read());
      byte[] broken = answer(first.requestId(), 1);
      broken[broken.length - 14] = 99;

      // when
      peer.write(broken);
      peer.write(answer(second.requestId(), 2));

      // then
      replies.nextRefusal(Reason.INTERNAL);
      assertEquals(new Done(2), replies.nextAnswer());
    }
  }

  @Test
  void shouldLeaveABrokerThatSendsGarbage() throws Exception {
    // given
    send(1);
    try (var peer = acceptAndGreet()) {
      peer.read();

      // when
      peer.write(new byte[100]);

      // then
      peer.readGoodbye(GoodbyeReason.MALFORMED);
      replies.nextRefusal(Reason.INTERRUPTED);
    }
  }

  @Test
  void shouldGiveUpABrokerThatFallsSilent() throws Exception {
    // given
    client.stop();
    client = new CommandApiClient(TestSettings.impatient(50, 400), Optional.empty());
    send(1);
    try (var peer = acceptAndGreet()) {
      peer.read();

      // when
      assertInstanceOf(Frame.Heartbeat.class, peer.readAny());

      // then
      var refused = replies.nextRefusal(Reason.INTERRUPTED);
      assertTrue(refused.message().contains("PT0.4S"), refused.message());
    }
  }

  @Test
  void shouldBoundWhatWaitsForABroker() throws Exception {
    // given a broker that accepts and then says nothing, and requests of nearly 1 MB
    var command = new CompleteJob(1, CommandApiFixture.blob(1_000_000));

    // when
    for (int i = 0; i < 6; i++) client.send(broker, 1, command, TIMEOUT_MS, replies);

    // then
    replies.nextRefusal(Reason.RESOURCE_EXHAUSTED);
    replies.nextRefusal(Reason.RESOURCE_EXHAUSTED);
    for (int i = 0; i < 4; i++) replies.nextRefusal(Reason.UNREACHABLE);
    send(1);
    try (var unused = accept();
        var peer = acceptAndGreet()) {
      var request = assertInstanceOf(Frame.Request.class, peer.read());
      peer.write(answer(request.requestId(), 1));
      assertEquals(new Done(1), replies.nextAnswer());
      unused.readToTheEnd();
    }
  }

  @Test
  void shouldNotSendWhatHasTimedOut() throws Exception {
    // given
    client.send(broker, 1, new ResolveIncident(1), 50, replies);
    try (var peer = accept()) {
      assertInstanceOf(Frame.Hello.class, peer.read());
      replies.nextRefusal(Reason.TIMEOUT);
      send(2);

      // when
      peer.write(RawPeer.frame(writer -> writer.hello("test", "broker")));

      // then
      assertOnlyTheSecondArrives(peer);
    }
  }

  @Test
  void shouldSendNothingThatWasGivenUpBefore() throws Exception {
    // given
    var dispatch = client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, replies);
    try (var peer = accept()) {
      assertInstanceOf(Frame.Hello.class, peer.read());
      send(2);

      // when
      assertTrue(dispatch.abandon());
      peer.write(RawPeer.frame(writer -> writer.hello("test", "broker")));

      // then
      assertOnlyTheSecondArrives(peer);
    }
  }

  private void assertOnlyTheSecondArrives(RawPeer peer) throws Exception {
    var request = assertInstanceOf(Frame.Request.class, peer.read());
    peer.write(answer(request.requestId(), 2));
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(replies.isSilent(100));
  }

  @Test
  void shouldSayThatWhatIsGivenUpMayHaveArrived() throws Exception {
    // given
    var dispatch = client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, replies);
    try (var peer = acceptAndGreet()) {
      var request = assertInstanceOf(Frame.Request.class, peer.read());

      // when
      assertFalse(dispatch.abandon());
      peer.write(answer(request.requestId(), 1));

      // then: a late answer is for nobody
      assertTrue(replies.isSilent(100));
    }
  }

  @Test
  void shouldConnectBeforeThereIsAnythingToSend() throws Exception {
    // when
    client.prepare(broker);

    // then: once
    try (var peer = acceptAndGreet()) {
      client.prepare(broker);
      send(1);
      var request = assertInstanceOf(Frame.Request.class, peer.read());
      peer.write(answer(request.requestId(), 1));
      assertEquals(new Done(1), replies.nextAnswer());
    }
  }
}
