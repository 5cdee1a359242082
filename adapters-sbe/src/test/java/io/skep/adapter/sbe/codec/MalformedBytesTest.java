package io.skep.adapter.sbe.codec;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.adapter.sbe.schema.MessageHeaderDecoder;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.MalformedCommandException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedBytesTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final String REPEAT = "repeat with -Dseed=" + SEED;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// A kind of message, how to make one up and how to read it.
  record Kind(
      String name, Function<MadeUpMessages, byte[]> maker, Function<byte[], Object> reader) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> kinds() {
    var codec = new SbeLogCodec();
    Stream<Kind> commands =
        MadeUpMessages.commandKinds().stream()
            .map(
                kind ->
                    new Kind(
                        kind.getSimpleName(),
                        random -> codec.encode(random.command(kind)),
                        bytes -> CommandCodec.decode(bytes, Origin.PEER)));
    Stream<Kind> answers =
        MadeUpMessages.answerKinds().stream()
            .map(
                kind ->
                    new Kind(
                        kind.getSimpleName(),
                        random -> Scratch.encode(random.answer(kind), AnswerCodec::encode),
                        bytes ->
                            Message.read(bytes, 0, bytes.length, Origin.OWN, AnswerCodec::decode)));
    var latest =
        new Kind(
            "CreateLatest",
            random -> codec.encode(latest(random)),
            bytes -> CommandCodec.decode(bytes, Origin.PEER));
    var entries = new Kind("LogEntry", random -> entry(codec, random), codec::decodeEntry);
    return Stream.of(commands, answers, Stream.of(latest, entries)).flatMap(each -> each).toList();
  }

  /// Chance hardly makes one up that the brief form can tell.
  private static CreateProcessInstance latest(MadeUpMessages random) {
    var any = (CreateProcessInstance) random.command(CreateProcessInstance.class);
    return new CreateProcessInstance(
        any.bpmnProcessId(), -1, 0, any.variables(), null, "<default>");
  }

  private static byte[] entry(SbeLogCodec codec, MadeUpMessages random) {
    var commands = IntStream.range(0, 5).mapToObj(_ -> codec.encode(random.command())).toList();
    // Others than the entry's own version keep their header.
    for (int i = 0; i < 5; i += 2) commands.get(i)[6]--;
    return codec.encodeEntry(new Batch(1, 2, 3, 4), commands);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseMessagesThatEndTooEarly(Kind kind) {
    var random = new MadeUpMessages(MadeUpValues.random(SEED));
    for (int i = 0; i < 20; i++) {
      // given
      byte[] bytes = kind.maker().apply(random);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);

        // when, then
        assertThrows(MalformedCommandException.class, () -> kind.reader().apply(cut), () -> REPEAT);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldRefuseMessagesThatEndTooLate(Kind kind) {
    // given
    byte[] bytes = kind.maker().apply(new MadeUpMessages(MadeUpValues.random(SEED)));
    byte[] extended = Arrays.copyOf(bytes, bytes.length + 1);

    // when, then
    assertThrows(MalformedCommandException.class, () -> kind.reader().apply(extended), REPEAT);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldSurviveAnyBytes(Kind kind) {
    var random = new MadeUpMessages(MadeUpValues.random(SEED));
    var flips = new SplittableRandom(SEED);
    kind.reader().apply(kind.maker().apply(random)); // so that loading classes does not count
    for (int i = 0; i < 3_000; i++) {
      // given
      byte[] bytes = kind.maker().apply(random);
      int changes = 1 + flips.nextInt(4);
      for (int change = 0; change < changes; change++) {
        int at = flips.nextInt(bytes.length);
        bytes[at] = flips.nextBoolean() ? (byte) flips.nextInt() : (byte) (bytes[at] ^ 0x80);
      }

      // when
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        kind.reader().apply(bytes);
      } catch (MalformedCommandException e) {
        assertTrue(e.getMessage().length() > 10, e.getMessage());
      }
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

      // then
      assertTrue(
          allocated < 200_000, () -> allocated + " bytes for " + bytes.length + ", " + REPEAT);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldReadMessagesOfANewerVersion(Kind kind) {
    var random = new MadeUpMessages(MadeUpValues.random(SEED));
    for (int i = 0; i < 20; i++) {
      // given a message with one more field at the end of its fixed part, and more data at its end
      byte[] bytes = kind.maker().apply(random);
      int blockLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(0);
      int blockEnd = Message.HEADER_BYTES + blockLength;
      byte[] newer =
          ByteBuffer.allocate(bytes.length + 9)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(bytes, 0, blockEnd)
              .putInt(-1)
              .put(bytes, blockEnd, bytes.length - blockEnd)
              .putInt(1)
              .put((byte) 'x')
              .putShort(0, (short) (blockLength + 4))
              .putShort(6, (short) (MessageHeaderDecoder.SCHEMA_VERSION + 1))
              .array();

      // when
      Object read = kind.reader().apply(newer);

      // then
      assertEquals(describe(kind.reader().apply(bytes)), describe(read), REPEAT);
    }
  }
}
