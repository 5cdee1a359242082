package io.skep.domain.engine.message;

import static io.skep.domain.engine.ModelBuilder.message;
import static io.skep.domain.engine.message.MessageModels.accompanied;
import static io.skep.domain.engine.message.MessageModels.interrupted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Partitions;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The instance lives on partition 1, the correlation key belongs to partition 2, and mail between
/// them takes its time.
class MessageRacesTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final Partitions partitions = new Partitions(2);
  private final EngineFixture here = partitions.get(1);
  private final EngineFixture there = partitions.get(2);
  private final String key = partitions.correlationKeyOf(2);
  private final String variables = "{\"id\":\"" + key + "\"}";

  @Test
  void shouldCorrelateAcrossPartitions() {
    // given
    partitions.deploy(interrupted());
    long instance = here.create("order", variables);

    // when
    there.publish("cancelled", key, "{\"by\":1}");
    partitions.settle();

    // then
    assertFalse(here.isRunning(instance));
    finish();
  }

  @Test
  void shouldGiveARefusedMessageToTheNextOfTheSameProcess() {
    // given
    partitions.deploy(interrupted());
    long first = here.create("order", variables);
    long second = here.create("order", variables);
    partitions.settle();

    // when: the first is cancelled while the message is on its way to it
    there.publish("cancelled", key, "{\"by\":1}", Duration.ZERO);
    here.cancel(first);
    assertTrue(here.isRunning(second));
    partitions.settle();

    // then
    assertFalse(here.isRunning(second));
    finish();
  }

  @Test
  void shouldKeepARefusedMessageForThoseToCome() {
    // given
    partitions.deploy(interrupted());
    long first = here.create("order", variables);
    partitions.settle();
    there.publish("cancelled", key, "{\"by\":1}", LONG);

    // when
    here.cancel(first);
    partitions.settle();

    // then
    long second = here.create("order", variables);
    partitions.settle();
    assertFalse(here.isRunning(second));
    finish();
  }

  @Test
  void shouldForgetARefusedMessageThatWasNotToBeKept() {
    // given
    partitions.deploy(interrupted());
    long first = here.create("order", variables);
    partitions.settle();
    there.publish("cancelled", key, "{\"by\":1}", Duration.ZERO);

    // when
    here.cancel(first);
    partitions.settle();

    // then
    long second = here.create("order", variables);
    partitions.settle();
    assertTrue(here.isRunning(second));
    here.cancel(second);
    finish();
  }

  @Test
  void shouldLetTheTaskEndWhileTheMessageIsOnItsWay() {
    // given
    partitions.deploy(interrupted());
    long instance = here.create("order", variables);
    partitions.settle();
    there.publish("cancelled", key, "{\"by\":1}", LONG);

    // when
    here.work("work");

    // then
    assertFalse(here.isRunning(instance));
    here.trace();
    partitions.settle();
    assertEquals(0, here.trace().stream().filter(line -> line.contains("CORRELATED")).count());
    finish();
  }

  @Test
  void shouldCloseBeforeTheOtherPartitionHasHeardOfIt() {
    // given
    partitions.deploy(interrupted());
    there.publish("cancelled", key, "{\"by\":1}", LONG);
    long instance = here.create("order", variables);

    // when: opening and closing arrive together
    here.cancel(instance);
    partitions.settle();

    // then
    long second = here.create("order", variables);
    partitions.settle();
    assertFalse(here.isRunning(second), "the message is there still");
    finish();
  }

  @Test
  void shouldNotTakeAMessageTwiceIfItComesTwice() {
    // given
    partitions.deploy(accompanied());
    long instance = here.create("order", variables);
    partitions.settle();
    there.publish("asked", key, "{\"n\":1}");

    // when: the acknowledgement of the mail is lost
    partitions.bring(2, 1, 10);
    partitions.bring(2, 1, 10);
    partitions.settle();

    // then
    assertEquals(1, here.activate("answer", 10).size());
    here.cancel(instance);
    finish();
  }

  @Test
  void shouldGiveOneMessageAfterTheOtherToTheSameSubscription() {
    // given
    partitions.deploy(accompanied());
    long instance = here.create("order", variables);
    partitions.settle();

    // when
    for (int i = 0; i < 5; i++) there.publish("asked", key, "{\"n\":" + i + "}");
    there.publish("asked", key, "{\"n\":9}", Duration.ZERO);
    partitions.settle();

    // then
    assertEquals(5, here.activate("answer", 10).size());
    here.cancel(instance);
    finish();
  }

  @Test
  void shouldRefuseAMessageWhenAnotherHasInterruptedBefore() {
    // given
    partitions.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .interruptedBy("a", message("a", "id"))
            .end("a-end")
            .at("work")
            .interruptedBy("b", message("b", "id"))
            .end("b-end")
            .at("work")
            .end("end"));
    long instance = here.create("order", variables);
    partitions.settle();
    there.publish("a", key, "{}", LONG);
    there.publish("b", key, "{}", LONG);

    // when
    here.trace();
    partitions.settle();

    // then
    assertFalse(here.isRunning(instance));
    List<String> trace = here.trace();
    assertTrue(trace.contains("BOUNDARY_EVENT a ELEMENT_COMPLETED"), trace::toString);
    assertFalse(trace.contains("BOUNDARY_EVENT b ELEMENT_COMPLETED"), trace::toString);
    long second = here.create("order", variables);
    partitions.settle();
    assertFalse(here.isRunning(second), "b was given back");
    finish();
  }

  @Test
  void shouldGiveAMessageToAnotherWhereOneMeetsAFault() {
    // given
    partitions.deploy(
        ModelBuilder.process("order")
            .start("start")
            .waitFor("wait", message("cancelled", "id"))
            .outputs(FakeExpression.faulty())
            .end("end"));
    long faulty = here.create("order", variables);
    partitions.deploy(interrupted());
    long sound = here.create("order", variables);
    partitions.settle();

    // when
    there.publish("cancelled", key, "{\"by\":1}", Duration.ZERO);
    partitions.settle();

    // then
    assertTrue(here.isRunning(faulty));
    assertFalse(here.isRunning(sound));
    here.cancel(faulty);
    finish();
  }

  @Test
  void shouldSurviveRestartsInBetween() {
    // given
    partitions.deploy(interrupted());
    long first = here.create("order", variables);
    long second = here.create("order", variables);
    partitions.settle();

    // when
    there.publish("cancelled", key, "{\"by\":1}", Duration.ZERO);
    there.restart();
    here.cancel(first);
    here.restart();
    there.restart();
    partitions.settle();

    // then
    assertFalse(here.isRunning(second));
    finish();
  }

  private void finish() {
    partitions.settle();
    here.pass(LONG);
    there.pass(LONG);
    partitions.assertNothingLeft();
    assertEquals(0, there.state().messages().size());
  }
}
