package io.skep.adapter.sbe.codec;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.MalformedCommandException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SbeLogCodecTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final String REPEAT = "repeat with -Dseed=" + SEED;

  private final SbeLogCodec codec = new SbeLogCodec();
  private final MadeUpMessages random = new MadeUpMessages(MadeUpValues.random(SEED));

  static List<Class<?>> commandKinds() {
    return MadeUpMessages.commandKinds();
  }

  static List<Class<?>> answerKinds() {
    return MadeUpMessages.answerKinds();
  }

  static Set<Class<?>> stepKinds() {
    return MadeUpMessages.stepKinds();
  }

  @ParameterizedTest
  @MethodSource("commandKinds")
  void shouldReadCommandsAsTheyWereWritten(Class<?> kind) {
    for (int i = 0; i < 200; i++) {
      // given
      Command command = random.command(kind);

      // when
      byte[] bytes = codec.encode(command);

      // then
      assertEquals(describe(command), describe(codec.decode(bytes)), REPEAT);
      assertEquals(describe(command), describe(CommandCodec.decode(bytes, Origin.PEER)), REPEAT);
    }
  }

  @ParameterizedTest
  @MethodSource("answerKinds")
  void shouldReadAnswersAsTheyWereWritten(Class<?> kind) {
    for (int i = 0; i < 200; i++) {
      // given
      Answer answer = random.answer(kind);

      // when
      byte[] bytes = Scratch.encode(answer, AnswerCodec::encode);
      Answer read = Message.read(bytes, 0, bytes.length, Origin.PEER, AnswerCodec::decode);

      // then
      assertEquals(describe(answer), describe(read), REPEAT);
    }
  }

  @Test
  void shouldReadEntriesAsTheyWereWritten() {
    // given
    var batch = new Batch(3, 1_700_000_000_000L, -77, 12);
    List<Command> commands = IntStream.range(0, 300).mapToObj(_ -> random.command()).toList();

    // when
    byte[] bytes = codec.encodeEntry(batch, commands.stream().map(codec::encode).toList());
    var entry = codec.decodeEntry(bytes);

    // then
    assertEquals(batch, entry.batch());
    assertEquals(describe(commands), describe(entry.commands()), REPEAT);
  }

  @Test
  void shouldPromiseEnoughRoomForAnEntry() {
    // given
    var commands = new ArrayList<byte[]>();
    int promised = 0;
    for (int i = 0; i < 20; i++) {
      byte[] command = codec.encode(random.command());
      commands.add(command);
      promised += codec.entryBytes(command.length);

      // when
      int size = codec.encodeEntry(new Batch(1, 2, 3, 4), commands).length;

      // then
      assertTrue(size <= promised, size + " bytes, but only " + promised + " were promised");
      if (i == 0) assertEquals(promised, size);
    }
  }

  @Test
  void shouldEncodeJobsInNoMoreBytesThanTheEngineCounts() {
    var random = new MadeUpMessages(MadeUpValues.random(SEED));
    for (int i = 0; i < 2_000; i++) {
      // given
      var answer = (JobsActivated) random.answer(JobsActivated.class);

      // when
      int bytes = Scratch.encode(answer, AnswerCodec::encode).length;

      // then: the frame and the answer around the jobs have room of their own
      int counted = answer.jobs().stream().mapToInt(ActivatedJob::answerBytes).sum();
      assertTrue(
          bytes <= counted + 64, () -> bytes + " bytes instead of " + counted + ", " + REPEAT);
    }
  }

  @Test
  void shouldTakeMoreElementsThanSixteenBitsCount() {
    // given
    var names = IntStream.range(0, 70_000).mapToObj(Integer::toString).toList();
    var jobs = LongStream.range(0, 70_000).mapToObj(key -> new Activation(key, key + 1)).toList();
    var activate = new ActivateJobs("t", "w", 1, 1, names, List.of("<default>"), 1);

    // when
    Command read = codec.decode(codec.encode(activate));

    // then
    assertEquals(activate, read);
    assertEquals(new YieldJobs(jobs), codec.decode(codec.encode(new YieldJobs(jobs))));
  }

  @Test
  void shouldKeepLargeVariables() {
    // given
    var text = "{\"blob\":\"" + "x".repeat(3_000_000) + "\"}";
    var variables = JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));

    // when
    var read = (CompleteJob) codec.decode(codec.encode(new CompleteJob(1, variables)));

    // then
    assertEquals(variables, read.variables());
  }

  @ParameterizedTest
  @MethodSource("stepKinds")
  void shouldRefuseToEncodeStepsOfATurn(Class<?> kind) {
    // given
    Command step = random.command(kind);

    // when
    var failure = assertThrows(IllegalArgumentException.class, () -> codec.encode(step));

    // then
    assertTrue(failure.getMessage().contains(kind.getSimpleName()), failure.getMessage());
  }

  @Test
  void shouldRefuseMessagesWithinMessages() {
    // given
    var inner = new ReceiveMessages(1, 1, List.of(new TriggerDue()));
    byte[] legal = codec.encode(new ReceiveMessages(2, 5, List.of(new TriggerDue())));
    byte[] forged = legal.clone();
    // The nested message's header is the last one; its template becomes that of ReceiveMessages.
    forged[legal.length - 6] = (byte) 160;

    // when
    var failure = assertThrows(MalformedCommandException.class, () -> codec.decode(forged));

    // then
    assertTrue(failure.getMessage().contains("template 160"), failure.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> codec.encode(new ReceiveMessages(2, 5, List.of(inner))));
  }

  @Test
  void shouldNameAnUnknownTemplate() {
    // given
    byte[] bytes = codec.encode(new TriggerDue());
    bytes[2] = (byte) 0x0F;
    bytes[3] = (byte) 0x27;

    // when
    var failure = assertThrows(MalformedCommandException.class, () -> codec.decode(bytes));

    // then
    assertTrue(failure.getMessage().contains("template 9999"), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void shouldRefuseTextThatIsNoJson(Origin origin) {
    // given
    byte[] bytes = codec.encode(new CompleteJob(1, JsonObject.parse("{\"a\":1}".getBytes())));
    bytes[bytes.length - 7] = '[';

    // when, then
    assertThrows(MalformedCommandException.class, () -> CommandCodec.decode(bytes, origin));
  }

  @Test
  void shouldLookThroughTheJsonOfPeers() {
    // given text that only looks canonical from outside
    byte[] bytes = codec.encode(new CompleteJob(1, JsonObject.parse("{\"a\":11}".getBytes())));
    bytes[bytes.length - 2] = '-';

    // when, then
    assertThrows(MalformedCommandException.class, () -> CommandCodec.decode(bytes, Origin.PEER));
  }

  @Test
  void shouldRefuseJsonOfPeersThatIsNotCanonical() {
    // given
    byte[] bytes = codec.encode(new CompleteJob(1, JsonObject.parse("{\"a\":11}".getBytes())));
    bytes[bytes.length - 3] = ' ';

    // when, then
    assertThrows(MalformedCommandException.class, () -> CommandCodec.decode(bytes, Origin.PEER));
  }

  @Test
  void shouldRefuseTextThatIsNotUtf8() {
    // given
    byte[] bytes = codec.encode(new ActivateJobs("t", "w", 1, 1, List.of(), List.of(), 1));
    bytes[bytes.length - 1] = (byte) 0xFF;

    // when
    var failure = assertThrows(MalformedCommandException.class, () -> codec.decode(bytes));

    // then
    assertTrue(failure.getMessage().contains("UTF-8"), failure.getMessage());
  }

  @Test
  void shouldNotMakeNewEmptyObjects() {
    // when
    var read = (CompleteJob) codec.decode(codec.encode(new CompleteJob(1, JsonObject.empty())));

    // then
    assertSame(JsonObject.empty(), read.variables());
  }
}
