package io.skep.domain.engine.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.job.ActivatedJob;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateWithResultTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldAnswerAtOnceIfNothingHasToBeWaitedFor() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").end("end"));

    // when
    long request = partition.createAwaiting("order", "{\"a\":\"x\",\"b\":1.5}");

    // then
    assertEquals("{\"a\":\"x\",\"b\":1.5}", partition.resultOf(request));
    partition.assertNothingLeft();
  }

  @Test
  void shouldAnswerWhenTheLastBranchHasEnded() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .task("quick")
            .at("fork")
            .task("slow"));
    long request = partition.createAwaiting("order", "{\"a\":1}");

    // when
    partition.work("quick");

    // then
    assertNull(partition.resultOf(request));

    // when
    partition.complete(partition.activate("slow"), "{\"slow\":\"done\"}");

    // then
    assertEquals("{\"a\":1,\"slow\":\"done\"}", partition.resultOf(request));
    partition.assertNothingLeft();
  }

  @Test
  void shouldAnswerWithTheVariablesAskedFor() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
    long request = partition.createAwaiting("order", "{\"a\":1,\"b\":2}", "c", "b", "nowhere");

    // when
    partition.complete(partition.activate("work"), "{\"c\":3}");

    // then
    assertEquals("{\"b\":2,\"c\":3}", partition.resultOf(request));
  }

  @Test
  void shouldAnswerWithRootVariablesOnly() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .task("work")
            .endSubProcess()
            .end("end"));
    long request = partition.createAwaiting("order", "{}");
    ActivatedJob job = partition.activate("work");
    partition.setLocalVariables(partition.element("sub").key(), "{\"inner\":1}");

    // when
    partition.complete(job, "{\"inner\":2,\"outer\":3}");

    // then
    assertEquals("{\"outer\":3}", partition.resultOf(request));
  }

  @Test
  void shouldGiveUpTheRequestOfWhoeverWaitsForACancelledInstance() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
    long request = partition.createAwaiting("order", "{}");

    // when
    partition.cancel(partition.element("order").key());

    // then
    assertNull(partition.resultOf(request));
    assertEquals(List.of(request), partition.abandoned());
    partition.assertNothingLeft();
  }
}
