package io.skep.adapter.sbe.codec;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.MalformedCommandException;
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
/// kinds get a new line, and so do kinds that have got more fields.
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
    assertPinned(kind.getSimpleName(), bytes);
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
    assertPinned(kind.getSimpleName(), bytes);
    assertEquals(describe(answer), describe(read));
  }

  @Test
  void shouldWriteAndReadEntriesAsEver() {
    // given
    var batch = new Batch(1, 2, 3, 4);

    // when
    byte[] ofVersionOne = HexFormat.of().parseHex(PINNED.get("YieldJobs@1"));
    byte[] ofThis = codec.encode(new UpdateJobRetries(5, 6));
    byte[] bytes = codec.encodeEntry(batch, List.of(ofVersionOne, ofThis));

    // then
    assertPinned("LogEntry", bytes);
  }

  @Test
  void shouldRefuseEntriesOfBeforeTheFirstRelease() {
    // given
    byte[] bytes = HexFormat.of().parseHex(PINNED.get("LogEntry@1"));

    // when
    var failure =
        assertThrows(MalformedCommandException.class, () -> codec.decodeEntry(bytes)).getMessage();

    // then
    assertTrue(failure.contains("version 4 or later, but it is of version 1"), failure);
    assertTrue(failure.contains("start with an empty data directory"), failure);
  }

  static List<Command> briefCommands() {
    var variables = JsonObject.parse("{\"v\":1}".getBytes(UTF_8));
    return List.of(
        new CreateProcessInstance("p", -1, 0, variables, null, "<default>"),
        new CompleteJob(1, JsonObject.empty()));
  }

  @ParameterizedTest
  @MethodSource("briefCommands")
  void shouldWriteAndReadBriefCommandsAsEver(Command command) {
    // when
    byte[] bytes = codec.encode(command);

    // then
    assertPinned(
        switch (command) {
          case CreateProcessInstance _ -> "CreateLatest";
          default -> "CompleteJobOnly";
        },
        bytes);
    assertEquals(command, codec.decode(bytes));
  }

  @Test
  void shouldReadWhatVersionOneMeantByGivingJobsBack() {
    // when
    var read = codec.decode(HexFormat.of().parseHex(PINNED.get("YieldJobs@1")));

    // then
    assertEquals(
        new YieldJobs(
            List.of(new Activation(1, Activation.ANY), new Activation(2, Activation.ANY))),
        read);
  }

  private static void assertPinned(String name, byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    assertNotNull(PINNED.get(name), () -> "Add to " + FILE + ": " + name + " " + hex);
    assertEquals(withoutVersion(PINNED.get(name)), withoutVersion(hex));
  }

  /// Each message says in its header which version of the schema wrote it, whether or not that
  /// version changed anything about it.
  private static String withoutVersion(String hex) {
    return hex.replaceAll("(?<=5a0a)0[1234]00", "....");
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
