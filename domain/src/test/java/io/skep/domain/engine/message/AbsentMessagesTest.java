package io.skep.domain.engine.message;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.json;
import static io.skep.domain.engine.message.MessageModels.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Messages, and those who wait for them, that are not in memory when they are needed.
class AbsentMessagesTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldGiveAMessageThatHasLeftMemory() {
    // given
    partition.deploy(waiting("order"));
    partition.publish("paid", "1", "{\"number\":1}");
    partition.publish("paid", "2", "{\"number\":2}");
    leaveMemory();

    // when
    long instance = partition.createAwaiting("order", "{\"id\":\"2\"}");

    // then
    assertEquals("{\"id\":\"2\",\"number\":2}", partition.resultOf(instance));
  }

  @Test
  void shouldFindWhoWaitsThoughItHasLeftMemory() {
    // given
    partition.deploy(waiting("order"));
    long first = partition.createAwaiting("order", "{\"id\":\"1\"}");
    long second = partition.createAwaiting("order", "{\"id\":\"1\"}");
    leaveMemory();

    // when
    partition.publish("paid", "1", "{\"number\":1}");

    // then
    assertEquals("{\"id\":\"1\",\"number\":1}", partition.resultOf(first));
    leaveMemory();
    partition.publish("paid", "1", "{\"number\":2}");
    assertEquals("{\"id\":\"1\",\"number\":2}", partition.resultOf(second));
  }

  @Test
  void shouldForgetAbsentMessagesWhenTheirTimeHasCome() {
    // given
    partition.deploy(waiting("order"));
    partition.publish("paid", "1", "{}", Duration.ofSeconds(10));
    leaveMemory();

    // when
    partition.pass(Duration.ofSeconds(10));

    // then
    assertEquals(0, partition.state().messages().count());
    assertTrue(partition.isRunning(partition.create("order", "{\"id\":\"1\"}")));
  }

  @Test
  void shouldRefuseTheIdOfAnAbsentMessage() {
    // given
    var message = new PublishMessage("paid", "1", 1_000, "id", json("{}"), TENANT);
    partition.process(message);
    leaveMemory();

    // then
    assertRejected(Reason.ALREADY_EXISTS, partition.process(message).answer());
  }

  @Test
  void shouldStopWaitingThoughTheSubscriptionHasLeftMemory() {
    // given
    partition.deploy(waiting("order"));
    long instance = partition.create("order", "{\"id\":\"1\"}");
    leaveMemory();

    // when
    partition.cancel(instance);

    // then
    assertFalse(partition.isRunning(instance));
    partition.assertNothingLeft();
  }

  private void leaveMemory() {
    partition.restart();
    assertEquals(0, partition.engine().state().aggregates().presentCount());
  }
}
