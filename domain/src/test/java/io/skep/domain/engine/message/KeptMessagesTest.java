package io.skep.domain.engine.message;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.json;
import static io.skep.domain.engine.message.MessageModels.waiting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Messages for which nobody waits yet: how long they are kept, and for whom.
class KeptMessagesTest {
  private final EngineFixture partition = new EngineFixture();

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

  private static PublishMessage withId(String name, String key, long timeToLiveMs) {
    return new PublishMessage(name, key, timeToLiveMs, "id", json("{}"), TENANT);
  }
}
