package io.skep.domain.engine.element.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.job.ActivatedJob;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelGatewayTest {
  private final EngineFixture partition = new EngineFixture();

  private static ModelBuilder forkAndJoin() {
    return ModelBuilder.process("order")
        .start("start")
        .parallel("fork")
        .task("left")
        .parallel("join")
        .task("after")
        .end("end")
        .at("fork")
        .task("right")
        .to("join");
  }

  @Test
  void shouldTakeAllFlowsTheLastOfTheFileFirst() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .pass("a")
            .at("fork")
            .pass("b"));
    partition.trace();

    // when
    partition.create("order");

    // then: the branches advance alternately, step by step
    assertEquals(
        List.of(
            "PARALLEL_GATEWAY fork ELEMENT_ACTIVATING",
            "PARALLEL_GATEWAY fork ELEMENT_ACTIVATED",
            "PARALLEL_GATEWAY fork ELEMENT_COMPLETING",
            "PARALLEL_GATEWAY fork ELEMENT_COMPLETED",
            "SEQUENCE_FLOW fork-b SEQUENCE_FLOW_TAKEN",
            "SEQUENCE_FLOW fork-a SEQUENCE_FLOW_TAKEN",
            "MANUAL_TASK b ELEMENT_ACTIVATING",
            "MANUAL_TASK b ELEMENT_ACTIVATED",
            "MANUAL_TASK a ELEMENT_ACTIVATING",
            "MANUAL_TASK a ELEMENT_ACTIVATED",
            "MANUAL_TASK b ELEMENT_COMPLETING"),
        partition.elementTrace().subList(7, 18));
    partition.assertNothingLeft();
  }

  @Test
  void shouldWaitForEveryBranch() {
    // given
    partition.deploy(forkAndJoin());
    partition.create("order");

    // when
    partition.work("left");

    // then
    assertTrue(partition.activate("after", 1).isEmpty());

    // when
    partition.work("right");

    // then
    partition.work("after");
    partition.assertNothingLeft();
  }

  @Test
  void shouldSpendOneTokenOfEachFlowAndKeepTheRest() {
    // given: two tokens come over the left flow, one over the right
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .exclusive("merge")
            .task("left")
            .parallel("join")
            .task("after")
            .end("end")
            .at("fork")
            .pass("second")
            .to("merge")
            .at("fork")
            .task("right")
            .to("join"));
    long instance = partition.create("order");
    List<ActivatedJob> left = partition.activate("left", 2);
    partition.complete(left.get(0), "{}");
    partition.complete(left.get(1), "{}");
    assertTrue(partition.activate("after", 1).isEmpty());

    // when
    partition.work("right");

    // then
    partition.work("after");
    assertTrue(partition.activate("after", 1).isEmpty());
    assertTrue(partition.isRunning(instance), "a token still waits at the join");

    // when
    partition.cancel(instance);

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldJoinAsOftenAsThereAreTokensOnAllFlows() {
    // given: a loop brings tokens to both flows before the join is entered a second time
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("twice")
            .exclusive("merge")
            .parallel("fork")
            .task("left")
            .parallel("join")
            .task("after")
            .at("fork")
            .task("right")
            .to("join")
            .at("twice")
            .to("merge"));
    long instance = partition.create("order");

    // when
    partition.work("left", "right");

    // then
    assertEquals(2, partition.elements("after").size());
    partition.work("after");
    assertFalse(partition.isRunning(instance));
    partition.assertNothingLeft();
  }

  @Test
  void shouldJoinAndForkAtOnce() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .pass("a")
            .parallel("both")
            .pass("c")
            .at("fork")
            .pass("b")
            .to("both")
            .pass("d"));
    partition.trace();

    // when
    partition.create("order");

    // then
    List<String> trace = partition.elementTrace();
    assertEquals(
        1, trace.stream().filter("PARALLEL_GATEWAY both ELEMENT_COMPLETED"::equals).count());
    assertTrue(trace.contains("MANUAL_TASK c ELEMENT_COMPLETED"));
    partition.assertNothingLeft();
  }

  @Test
  void shouldLetAnyElementForkAndMerge() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .pass("a")
            .task("work")
            .at("start")
            .pass("b")
            .to("work"));

    // when
    partition.create("order");

    // then
    assertEquals(2, partition.elements("work").size());
    partition.work("work");
    partition.assertNothingLeft();
  }
}
