package io.skep.adapter.sbe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.json.JsonObject;
import io.skep.port.in.Arrivals;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server does with peers that do not speak as they should.
class CommandApiServerTest {
  private final BlockingQueue<FakePartitions.Submission> kept = new LinkedBlockingQueue<>();
  private WatchedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new WatchedServer();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop();
  }

  private static Refused refusal(Frame frame, long requestId) {
    var replied = assertInstanceOf(Frame.Replied.class, frame);
    assertEquals(requestId, replied.requestId());
    return assertInstanceOf(Refused.class, replied.reply());
  }

  @Test
  void shouldTellWhatHasArrivedTogether() throws Exception {
    // given
    var submitted = new LinkedBlockingQueue<Integer>();
    Runnable over = () -> submitted.add(server.partitions.submitted.get());
    server.partitions.behave(
        submission -> {
          Arrivals.whenOver(over);
          submission.answer(new Done(7));
        });
    try (var peer = RawPeer.introduced(server.port())) {
      var together = ByteBuffer.allocate(1_000);
      for (int i = 0; i < 3; i++) together.put(RawPeer.request(i, new TriggerDue()));

      // when
      peer.write(Arrays.copyOf(together.array(), together.position()));

      // then
      assertEquals(3, submitted.poll(10, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
  void shouldTellWhoSpeaksAnotherProtocolWhereTheyAre(String text) throws IOException {
    try (var peer = RawPeer.connect(server.port())) {
      // when
      peer.write(text.getBytes(UTF_8));

      // then
      String why = peer.readGoodbye(GoodbyeReason.MALFORMED);
      assertTrue(why.contains("Command API"), why);
    }
  }

  @Test
  void shouldSayWhyToAPeerThatGoesOnSending() throws Exception {
    // given
    byte[] garbage = new byte[4 << 20];
    Arrays.fill(garbage, (byte) 'x');
    try (var peer = RawPeer.connect(server.port())) {
      // when
      peer.write(garbage);

      // then
      peer.readGoodbye(GoodbyeReason.MALFORMED);
    }
  }

  @Test
  void shouldRefuseAFirstFrameThatIsNoGreeting() throws IOException {
    try (var peer = RawPeer.connect(server.port())) {
      // when
      peer.write(RawPeer.request(1, new TriggerDue()));

      // then
      String why = peer.readGoodbye(GoodbyeReason.MALFORMED);
      assertTrue(why.contains("Request"), why);
      assertEquals(0, server.partitions.submitted.get());
    }
  }

  @Test
  void shouldRefuseAnotherProtocolVersion() throws IOException {
    // given
    byte[] hello = RawPeer.frame(writer -> writer.hello("test", "from-the-future"));
    hello[FrameWriter.LENGTH_BYTES + 8] = 9;
    try (var peer = RawPeer.connect(server.port())) {
      // when
      peer.write(hello);

      // then
      String why = peer.readGoodbye(GoodbyeReason.OTHER_PROTOCOL);
      assertTrue(why.contains("version 9") && why.contains("from-the-future"), why);
    }
  }

  @Test
  void shouldRefuseAnotherCluster() throws IOException {
    try (var peer = RawPeer.connect(server.port())) {
      // when
      peer.write(RawPeer.frame(writer -> writer.hello("other", "stranger")));

      // then
      String why = peer.readGoodbye(GoodbyeReason.OTHER_CLUSTER);
      assertTrue(why.contains("'test'") && why.contains("'other'"), why);
    }
  }

  @Test
  void shouldRefuseACommandThatItCannotRead() throws IOException {
    // given
    byte[] request = RawPeer.request(5, new ResolveIncident(1));
    int commandTemplate = request.length - 14;
    request[commandTemplate] = (byte) 0xFF;
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(request);
      peer.write(RawPeer.request(6, new ResolveIncident(1)));

      // then
      var refused = refusal(peer.read(), 5);
      assertEquals(Reason.MALFORMED, refused.reason());
      assertTrue(refused.message().contains("template 255"), refused.message());
      assertEquals(new Frame.Replied(6, new Answered(new Done(7))), peer.read());
      assertEquals(1, server.partitions.submitted.get());
    }
  }

  @Test
  void shouldRefuseVariablesThatAreNoJson() throws IOException {
    // given
    var variables = JsonObject.parse("{\"a\":1}".getBytes(UTF_8));
    byte[] request = RawPeer.request(5, new CompleteJob(1, variables));
    request[request.length - 2] = 'x';
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(request);

      // then
      assertEquals(Reason.MALFORMED, refusal(peer.read(), 5).reason());
      assertEquals(0, server.partitions.submitted.get());
    }
  }

  @Test
  void shouldRefuseARequestOfWhichOnlyTheIdCanBeRead() throws IOException {
    // given a command that claims to be longer than the frame
    byte[] request = RawPeer.request(5, new ResolveIncident(1));
    request[FrameWriter.LENGTH_BYTES + 8 + 20] = 127;
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(request);

      // then
      assertEquals(Reason.MALFORMED, refusal(peer.read(), 5).reason());
    }
  }

  @Test
  void shouldRefuseARequestThatIsTooLongAndGoOn() throws IOException {
    // given
    int length = TestSettings.MAX_FRAME_BYTES + 1;
    byte[] start = RawPeer.request(5, new ResolveIncident(1));
    byte[] frame = Arrays.copyOf(start, FrameWriter.LENGTH_BYTES + length);
    ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(frame);
      peer.write(RawPeer.request(6, new ResolveIncident(1)));

      // then
      var refused = refusal(peer.read(), 5);
      assertEquals(Reason.MALFORMED, refused.reason());
      assertTrue(refused.message().contains("" + length), refused.message());
      assertEquals(new Frame.Replied(6, new Answered(new Done(7))), peer.read());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 7})
  void shouldSayGoodbyeAfterAnImpossibleLength(int length) throws IOException {
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      byte[] bytes = new byte[64];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
      peer.write(bytes);

      // then
      String why = peer.readGoodbye(GoodbyeReason.MALFORMED);
      assertTrue(why.contains(Integer.toUnsignedString(length)), why);
    }
  }

  @Test
  void shouldSayGoodbyeAfterAFrameThatOnlyServersSend() throws IOException {
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(RawPeer.frame(writer -> writer.jobsAvailable(1, "t")));

      // then
      String why = peer.readGoodbye(GoodbyeReason.MALFORMED);
      assertTrue(why.contains("JobsAvailable"), why);
    }
  }

  @Test
  void shouldForgetAPeerThatBreaksOffWithinAFrame() throws Exception {
    // given
    byte[] request = RawPeer.request(5, new ResolveIncident(1));
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(Arrays.copyOf(request, request.length / 2));
    }

    // then
    assertTrue(server.partitions.closedSessions.poll(10, TimeUnit.SECONDS) != null);
    assertEquals(0, server.partitions.submitted.get());
  }

  @Test
  void shouldKnowWhoStillWaits() throws Exception {
    // given
    server.partitions.behave(kept::add);
    Reply.Listener patient;
    Reply.Listener unknown;
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      peer.write(RawPeer.request(1, new ResolveIncident(1), 60_000));
      peer.write(RawPeer.request(2, new ResolveIncident(1), 1));
      peer.write(RawPeer.request(3, new ResolveIncident(1), 0));
      patient = next();
      var impatient = next();
      unknown = next();
      Thread.sleep(2);

      // then
      assertTrue(patient.isWaiting());
      assertFalse(impatient.isWaiting());
      assertTrue(unknown.isWaiting(), "it did not say how long");
    }

    // when
    server.partitions.closedSessions.poll(10, TimeUnit.SECONDS);

    // then
    assertFalse(patient.isWaiting());
    assertFalse(unknown.isWaiting());
    server.partitions.behave(WatchedServer::serve);
  }

  private Reply.Listener next() throws InterruptedException {
    return kept.poll(10, TimeUnit.SECONDS).listener();
  }

  @Test
  void shouldReadFramesThatComeInPieces() throws IOException {
    // given
    byte[] request = RawPeer.request(5, new ResolveIncident(1));
    try (var peer = RawPeer.introduced(server.port())) {
      // when
      for (byte b : request) peer.write(b);
      peer.write(ByteBuffer.allocate(2 * request.length).put(request).put(request).array());

      // then
      for (int i = 0; i < 3; i++) {
        assertEquals(new Frame.Replied(5, new Answered(new Done(7))), peer.read());
      }
    }
  }

  @Test
  void shouldSurviveRandomFrames() throws IOException {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    var random = new SplittableRandom(seed);
    byte[] request = RawPeer.request(5, new ResolveIncident(1));
    for (int i = 0; i < 300; i++) {
      byte[] bytes = request.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try (var peer = RawPeer.introduced(server.port())) {
        // when
        peer.write(bytes);
        peer.write(RawPeer.frame(writer -> writer.goodbye(GoodbyeReason.STOPPING, "done")));
      }
      // then the bystander is served, as after every test
    }
  }
}
