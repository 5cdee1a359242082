package io.skep.domain.engine.message;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.json;
import static io.skep.domain.engine.ModelBuilder.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.expression.StaticText;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCorrelationTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldGiveAMessageToTheOneWhoWaits() {
    // given
    partition.deploy(waiting("order"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    partition.trace();

    // when
    Answer answer = partition.publish("paid", "1", "{\"amount\":12}");

    // then
    assertInstanceOf(Answer.Done.class, answer);
    assertFalse(partition.isRunning(instance));
    assertEquals(
        List.of(
            "MESSAGE paid PUBLISHED",
            "MESSAGE_SUBSCRIPTION MESSAGE_CORRELATING",
            "PROCESS_SUBSCRIPTION paid MESSAGE_CORRELATED",
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_COMPLETING",
            "VARIABLE amount=12 CREATED",
            "MESSAGE_SUBSCRIPTION MESSAGE_CORRELATED",
            "INTERMEDIATE_CATCH_EVENT wait ELEMENT_COMPLETED"),
        sorted(partition.trace()).subList(0, 7));
    partition.pass(Duration.ofHours(1));
    partition.assertNothingLeft();
  }

  /// What happens on the two sides of one partition side by side, in an order that is easy to read.
  private static List<String> sorted(List<String> trace) {
    var lines = new java.util.ArrayList<>(trace);
    int accepted = lines.indexOf("MESSAGE_SUBSCRIPTION MESSAGE_CORRELATED");
    lines.add(5, lines.remove(accepted));
    return lines;
  }

  @Test
  void shouldKeepAMessageForThoseToCome() {
    // given
    partition.deploy(waiting("order"));
    partition.publish("paid", "1", "{\"number\":1}");
    partition.publish("paid", "1", "{\"number\":2}");

    // when
    long first = partition.createAwaiting("order", "{\"id\":\"1\"}");
    long second = partition.createAwaiting("order", "{\"id\":\"1\"}");

    // then
    assertEquals("{\"id\":\"1\",\"number\":1}", partition.resultOf(first));
    assertEquals("{\"id\":\"1\",\"number\":2}", partition.resultOf(second));
  }

  @Test
  void shouldGiveAMessageOnceToEachProcess() {
    // given
    partition.deploy(waiting("order"));
    partition.deploy(waiting("audit"));
    long oldest = partition.create("order", "{\"id\":\"1\"}");
    long younger = partition.create("order", "{\"id\":\"1\"}");
    long other = partition.create("audit", "{\"id\":\"1\"}");

    // when
    partition.publish("paid", "1", "{}");

    // then
    assertFalse(partition.isRunning(oldest));
    assertTrue(partition.isRunning(younger));
    assertFalse(partition.isRunning(other));
    assertTrue(partition.isRunning(partition.create("order", "{\"id\":\"1\"}")));
  }

  @Test
  void shouldGiveNothingToOthers() {
    // given
    partition.deploy(waiting("order"));
    long instance = partition.create("order", "{\"id\":\"1\"}");

    // when
    partition.publish("paid", "2", "{}");
    partition.publish("Paid", "1", "{}");

    // then
    assertTrue(partition.isRunning(instance));
  }

  @Test
  void shouldForgetWhatHasExpired() {
    // given
    partition.deploy(waiting("order"));
    partition.publish("paid", "1", "{}", Duration.ofSeconds(10));
    assertEquals(1, partition.state().messages().size());

    // when
    partition.pass(Duration.ofSeconds(10));

    // then
    assertEquals(0, partition.state().messages().size());
    assertTrue(partition.isRunning(partition.create("order", "{\"id\":\"1\"}")));
  }

  @Test
  void shouldNotGiveAwayWhatIsOverThoughNobodyHasSeenToItYet() {
    // given
    partition.deploy(waiting("order"));
    partition.publish("paid", "1", "{}", Duration.ofSeconds(10));

    // when
    partition.setClock(partition.nowMs() + 10_000);

    // then
    assertTrue(partition.isRunning(partition.create("order", "{\"id\":\"1\"}")));
  }

  @Test
  void shouldNotKeepWhatHasNoTimeToLive() {
    // given
    partition.deploy(waiting("order"));
    long instance = partition.create("order", "{\"id\":\"1\"}");

    // when
    partition.publish("paid", "1", "{}", Duration.ZERO);
    partition.publish("paid", "1", "{}", Duration.ofMillis(-1));

    // then
    assertFalse(partition.isRunning(instance));
    assertTrue(partition.isRunning(partition.create("order", "{\"id\":\"1\"}")));
  }

  @Test
  void shouldRefuseAnIdThatIsInUse() {
    // given
    partition.process(withId("paid", "1", 1_000));

    // then
    assertRejected(Reason.ALREADY_EXISTS, partition.process(withId("paid", "1", 0)).answer());
    assertInstanceOf(Answer.Done.class, partition.process(withId("paid", "2", 1_000)).answer());
    assertInstanceOf(Answer.Done.class, partition.process(withId("sent", "1", 1_000)).answer());

    // when
    partition.pass(Duration.ofSeconds(1));

    // then
    assertInstanceOf(Answer.Done.class, partition.process(withId("paid", "1", 0)).answer());
    assertInstanceOf(Answer.Done.class, partition.process(withId("paid", "1", 0)).answer());
  }

  @Test
  void shouldLiveForEverIfToldSo() {
    // when
    partition.process(withId("paid", "1", Long.MAX_VALUE));

    // then
    partition.pass(Duration.ofDays(365));
    assertEquals(1, partition.state().messages().size());
  }

  @Test
  void shouldCloseTheSubscriptionWithTheTask() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .interruptedBy("cancelled", message("cancelled", "id"))
            .end("cancelled-end")
            .at("work")
            .end("end"));
    partition.create("order", "{\"id\":\"1\"}");
    assertEquals(1, partition.state().messageSubscriptions().size());

    // when
    partition.work("work");

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldTakeManyWithoutInterruption() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .accompaniedBy("asked", message("asked", "id"))
            .task("answer")
            .end("answered")
            .at("work")
            .end("end"));
    long instance = partition.create("order", "{\"id\":\"1\"}");

    // when
    for (int i = 1; i <= 3; i++) partition.publish("asked", "1", "{\"n\":" + i + "}");

    // then
    assertEquals(3, partition.activate("answer", 10).size());
    assertEquals("{\"id\":\"1\",\"n\":3}", partition.variables(instance));
    assertEquals(1, partition.elements("work").size());

    // when
    partition.cancel(instance);
    partition.pass(Duration.ofHours(1));

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldInterruptWithTheVariablesOfTheMessage() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .interruptedBy("cancelled", message("cancelled", "id"))
            .outputs(FakeExpression.mapping("note", visible -> visible.number("by") + 1))
            .task("handle")
            .end("cancelled-end")
            .at("work")
            .end("end"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    partition.trace();

    // when
    partition.publish("cancelled", "1", "{\"by\":7}");

    // then
    List<String> trace = partition.trace();
    assertEquals(
        List.of(
            "BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING",
            "BOUNDARY_EVENT cancelled ELEMENT_ACTIVATED",
            "VARIABLE by=7 CREATED",
            "BOUNDARY_EVENT cancelled ELEMENT_COMPLETING",
            "VARIABLE note=8 CREATED"),
        trace.subList(
            trace.indexOf("BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING"),
            trace.indexOf("BOUNDARY_EVENT cancelled ELEMENT_ACTIVATING") + 5));
    assertEquals("{\"id\":\"1\",\"note\":8}", partition.variables(instance));
    assertEquals(List.of(), partition.elements("work"));
  }

  @Test
  void shouldWaitInAReceiveTaskWithItsBoundaryEvents() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .receive("wait", message("paid", "id"))
            .accompaniedBy("late", ModelBuilder.after("PT10S"))
            .task("remind")
            .end("reminded")
            .at("wait")
            .end("end"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    partition.pass(Duration.ofSeconds(10));

    // when
    partition.work("remind");
    partition.publish("paid", "1", "{\"amount\":1}");

    // then
    assertFalse(partition.isRunning(instance));
  }

  @Test
  void shouldTakeAWholeNumberAsCorrelationKey() {
    // given
    partition.deploy(waiting("order"));
    long whole = partition.create("order", "{\"id\":17}");
    long negative = partition.create("order", "{\"id\":-3}");

    // when
    partition.publish("paid", "17", "{}");
    partition.publish("paid", "-3", "{}");

    // then
    assertFalse(partition.isRunning(whole));
    assertFalse(partition.isRunning(negative));
  }

  @Test
  void shouldStopAtACorrelationKeyThatIsNone() {
    // given
    partition.deploy(waiting("order"));

    // when
    for (String id : List.of("true", "2.5", "[1]", "null", "1e30")) {
      long instance = partition.create("order", "{\"id\":" + id + "}");

      // then
      assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type(), id);
      assertEquals(0, partition.state().processSubscriptions().size());

      // when
      partition.setVariables(instance, "{\"id\":\"k\"}");
      partition.resolve(partition.incident().key());
      partition.publish("paid", "k", "{}");

      // then
      assertFalse(partition.isRunning(instance), id);
    }
  }

  @Test
  void shouldStopAtANameThatIsNone() {
    // given
    Expression name = FakeExpression.variable("name");
    var definition = new MessageDefinition(name, StaticText.string("k"));
    partition.deploy(
        ModelBuilder.process("order").start("start").waitFor("wait", definition).end("end"));
    long instance = partition.create("order", "{}");
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());

    // when
    partition.setVariables(instance, "{\"name\":\"paid\"}");
    partition.resolve(partition.incident().key());
    partition.publish("paid", "k", "{}");

    // then
    assertFalse(partition.isRunning(instance));
  }

  @Test
  void shouldMapWhatTheMessageBrings() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .waitFor("wait", message("paid", "id"))
            .outputs(FakeExpression.mapping("twice", visible -> 2 * visible.number("amount")))
            .end("end"));
    partition.publish("paid", "1", "{\"amount\":21,\"noise\":1}");

    // when
    long result = partition.createAwaiting("order", "{\"id\":\"1\"}");

    // then
    assertEquals("{\"id\":\"1\",\"twice\":42}", partition.resultOf(result));
  }

  private static ModelBuilder waiting(String process) {
    return ModelBuilder.process(process)
        .start("start")
        .waitFor("wait", message("paid", "id"))
        .end("end");
  }

  private static PublishMessage withId(String name, String key, long timeToLiveMs) {
    return new PublishMessage(name, key, timeToLiveMs, "id", json("{}"), TENANT);
  }
}
