package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import org.junit.jupiter.api.Test;

/// However much is due at the same time, each log entry sees to a part of it.
class DueBoundTest {
  private static final int AN_HOUR_MS = 3_600_000;

  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldLeaveTheRestToTheNextCommandIfWhatIsDueBringsAboutMuch() {
    // given
    ModelBuilder model =
        ModelBuilder.process("order")
            .start("start")
            .timer("wait", ModelBuilder.after("PT1H"))
            .parallel("fork");
    for (int i = 0; i < 200; i++) model.at("fork").pass("p" + i);
    partition.deploy(model);
    int instances = 20;
    for (int i = 0; i < instances; i++) partition.create("order");
    partition.setClock(EngineFixture.START_MS + AN_HOUR_MS);

    // when
    int commands = 0;
    for (; partition.state().timers().size() > 0; commands++) partition.process(new TriggerDue());

    // then
    assertTrue(commands > 4, "commands: " + commands);
    partition.settle();
    partition.assertNothingLeft();
  }
}
