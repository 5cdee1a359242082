package io.skep.adapter.sbe.codec;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.port.out.LogCodec.Batch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the bytes of one message of each kind, as logs and other members may have them. If a line
/// of the file has to change, old logs can no longer be read; see the rules in the schema. New
/// kinds get a new line.
class PinnedMessagesTest {
  private static final String FILE = "/pinned-messages.txt";
  private static final Map<String, String> PINNED = pinned();

  private final SbeLogCodec codec = new SbeLogCodec();
  private final MadeUpMessages counted = new MadeUpMessages(MadeUpValues.counted());

  static List<Class<?>> commandKinds() {
    return MadeUpMessages.commandKinds();
  }

  static List<Class<?>> answerKinds() {
    return MadeUpMessages.answerKinds();
  }

  @ParameterizedTest
  @MethodSource("commandKinds")
  void shouldWriteAndReadCommandsAsEver(Class<?> kind) {
    // given
    var command = counted.command(kind);

    // when
    byte[] bytes = codec.encode(command);

    // then
    assertEquals(pinned(kind.getSimpleName(), bytes), HexFormat.of().formatHex(bytes));
    assertEquals(describe(command), describe(codec.decode(bytes)));
  }

  @ParameterizedTest
  @MethodSource("answerKinds")
  void shouldWriteAndReadAnswersAsEver(Class<?> kind) {
    // given
    var answer = counted.answer(kind);

    // when
    byte[] bytes = Scratch.encode(answer, AnswerCodec::encode);

    // then
    var read = Message.read(bytes, 0, bytes.length, Origin.OWN, AnswerCodec::decode);
    assertEquals(pinned(kind.getSimpleName(), bytes), HexFormat.of().formatHex(bytes));
    assertEquals(describe(answer), describe(read));
  }

  @Test
  void shouldWriteAndReadEntriesAsEver() {
    // given
    var batch = new Batch(1, 2, 3, 4);

    // when
    byte[] bytes = codec.encodeEntry(batch, List.of(new byte[] {5, 6}, new byte[] {7}));

    // then
    assertEquals(pinned("LogEntry", bytes), HexFormat.of().formatHex(bytes));
  }

  private static String pinned(String name, byte[] bytes) {
    String line = name + " " + HexFormat.of().formatHex(bytes);
    assertNotNull(PINNED.get(name), () -> "Add to " + FILE + ": " + line);
    return PINNED.get(name);
  }

  private static Map<String, String> pinned() {
    var lines = new TreeMap<String, String>();
    var stream = PinnedMessagesTest.class.getResourceAsStream(FILE);
    try (var reader = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line; (line = reader.readLine()) != null; ) {
        if (line.isEmpty() || line.startsWith("#")) continue;
        lines.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return lines;
  }
}
