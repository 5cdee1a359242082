package io.skep.domain.engine.message;

import static io.skep.domain.engine.message.MessageModels.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.incident.IncidentType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who gets a message.
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
}
