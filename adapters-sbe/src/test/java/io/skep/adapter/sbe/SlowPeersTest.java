package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.blob;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.port.out.BrokerClient.JobsAvailable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the server does with peers that are silent, or do not read.
class SlowPeersTest {
  private WatchedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WatchedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop();
  }

  @Test
  void shouldNotWaitForAGreetingForEver() throws IOException {
    try (var peer = RawPeer.connect(server.port())) {
      // when, then
      String why = peer.readGoodbye(GoodbyeReason.MALFORMED);
      assertTrue(why.contains("PT1S"), why);
    }
  }

  @Test
  void shouldKeepAConnectionAliveAndCloseOneThatIsSilent() throws IOException {
    // given
    server.replace(TestSettings.impatient(50, 400));
    try (var peer = RawPeer.connect(server.port())) {
      peer.write(RawPeer.frame(writer -> writer.hello("test", "silent")));
      assertInstanceOf(Frame.Hello.class, peer.read());

      // when, then
      assertInstanceOf(Frame.Heartbeat.class, peer.readAny());
      String why = peer.readGoodbye(GoodbyeReason.IDLE);
      assertTrue(why.contains("PT0.4S"), why);
    }
    server.replace(TestSettings.broker(1));
  }

  @Test
  void shouldKeepAPeerThatOnlySendsHeartbeats() throws Exception {
    // given
    server.replace(TestSettings.impatient(50, 400));

    // when
    for (int i = 0; i < 10; i++) {
      Thread.sleep(100);
      server.bystander().write(RawPeer.frame(FrameWriter::heartbeat));
    }

    // then
    assertTrue(server.partitions.closedSessions.isEmpty());
  }

  @Test
  void shouldNotReadFromAPeerThatDoesNotReadReplies() throws Exception {
    // given answers of 200 KB
    var large = new InstanceCompleted(new InstanceCreated(1, "p", 1, 2, "t"), blob(200_000));
    int requests = 20_000;
    server.partitions.behave(submission -> submission.answer(large));
    Thread sender;
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      sender = Thread.ofPlatform().start(() -> sendMany(peer, requests));
      int before;
      do {
        before = server.partitions.submitted.get();
        Thread.sleep(300);
      } while (before == 0 || server.partitions.submitted.get() > before);

      // then it has read ahead by what fits into buffers, and goes on when replies are taken
      assertTrue(before < 5_000, before + " requests were read without their replies being taken");
      for (int i = 0; i < before + 50; i++) {
        assertEquals(i, assertInstanceOf(Frame.Replied.class, peer.read()).requestId());
      }
    }
    sender.join();
    server.partitions.behave(WatchedServer::serve);
  }

  private static void sendMany(RawPeer peer, int requests) {
    try {
      for (int i = 0; i < requests; i++) peer.write(RawPeer.request(i, new ResolveIncident(i)));
    } catch (IOException e) {
      // The test has seen enough and closed the socket.
    }
  }

  @Test
  void shouldGiveUpAPeerThatNeverReadsReplies() throws Exception {
    // given
    server.replace(TestSettings.impatient(100, 600));
    var large = new InstanceCompleted(new InstanceCreated(1, "p", 1, 2, "t"), blob(200_000));
    var session = new AtomicReference<JobsAvailable>();
    server.partitions.behave(
        submission -> {
          session.set(submission.session());
          submission.answer(large);
        });
    try (var peer = RawPeer.connect(server.port())) {
      peer.write(RawPeer.frame(writer -> writer.hello("test", "deaf")));

      // when it asks for 20 MB and takes nothing, though it is alive
      for (int i = 0; i < 100; i++) peer.write(RawPeer.request(i, new ResolveIncident(i)));
      long deadline = System.nanoTime() + 10_000_000_000L;
      while (!server.partitions.closedSessions.contains(session.get())) {
        assertTrue(System.nanoTime() < deadline, "should have been closed");
        Thread.sleep(50);
        sayOneIsAlive(peer);
      }
    }
    server.partitions.behave(WatchedServer::serve);
    server.replace(TestSettings.broker(1));
  }

  private static void sayOneIsAlive(RawPeer peer) {
    try {
      peer.write(RawPeer.frame(FrameWriter::heartbeat));
    } catch (IOException e) {
      // The server has closed the connection, which is what the test waits for.
    }
  }
}
