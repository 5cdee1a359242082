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
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.ResultRequest;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.MalformedCommandException;
import java.nio.charset.StandardCharsets;
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

  static List<CreateProcessInstance> creations() {
    var longest = "日".repeat(84);
    return List.of(
        new CreateProcessInstance("p", -1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("", -1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance(longest, -1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance(longest + "a", -1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p".repeat(70_000), -1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", -2, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", 0, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", 1, 0, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", -1, -1, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", -1, 7, JsonObject.empty(), null, "<default>"),
        new CreateProcessInstance("p", -1, 0, JsonObject.empty(), null, ""),
        new CreateProcessInstance("p", -1, 0, JsonObject.empty(), null, "other"),
        new CreateProcessInstance(
            "p", -1, 0, JsonObject.empty(), new ResultRequest(List.of()), "<default>"));
  }

  @ParameterizedTest
  @MethodSource("creations")
  void shouldReadWhicheverFormTellsOfAnInstance(CreateProcessInstance create) {
    // when
    byte[] bytes = codec.encode(create);

    // then
    assertEquals(create, codec.decode(bytes));
    assertEquals(create, CommandCodec.decode(bytes, Origin.PEER));
  }

  @Test
  void shouldTellOfUsualInstancesBriefly() {
    // when
    var brief = creations().stream().filter(create -> codec.encode(create)[2] == 112).toList();

    // then
    assertEquals(creations().subList(0, 3), brief);
  }

  @Test
  void shouldTellOfJobsThatEndWithoutVariablesBriefly() {
    // when
    byte[] without = codec.encode(new CompleteJob(7, JsonObject.empty()));
    byte[] with = codec.encode(new CompleteJob(7, JsonObject.parse("{\"a\":1}".getBytes())));

    // then
    assertEquals(Message.HEADER_BYTES + Long.BYTES, without.length);
    assertEquals(new CompleteJob(7, JsonObject.empty()), codec.decode(without));
    assertEquals(1, ((CompleteJob) codec.decode(with)).variables().size());
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
