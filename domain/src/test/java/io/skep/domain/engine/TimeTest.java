package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldNeverGoBack() {
    // given
    partition.deploy(
        ModelBuilder.process("order").start("start").timer("wait", ModelBuilder.after("PT10S")));
    partition.setClock(EngineFixture.START_MS + 60_000);
    partition.create("order");

    // when: another leader's clock is behind
    partition.setClock(EngineFixture.START_MS);
    partition.create("order");

    // then
    assertEquals(EngineFixture.START_MS + 60_000, partition.engine().nowMs());
    assertEquals(EngineFixture.START_MS + 70_000, partition.engine().nextDueAtMs());

    // when
    partition.restart();

    // then
    assertEquals(EngineFixture.START_MS + 60_000, partition.engine().nowMs());
    partition.pass(Duration.ofSeconds(70));
    partition.assertNothingLeft();
  }
}
