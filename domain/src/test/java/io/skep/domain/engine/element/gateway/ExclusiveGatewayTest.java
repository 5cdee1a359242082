package io.skep.domain.engine.element.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExclusiveGatewayTest {
  private final EngineFixture partition = new EngineFixture();

  private static Expression above(long bound) {
    return FakeExpression.of(
        "total > " + bound,
        visible -> visible.has("total") ? visible.number("total") > bound : null);
  }

  private static ModelBuilder choice() {
    return ModelBuilder.process("order")
        .start("start")
        .exclusive("choice")
        .when(above(100))
        .pass("large")
        .at("choice");
  }

  @Test
  void shouldTakeTheFlowWhoseConditionHolds() {
    // given
    partition.deploy(
        choice().when(above(1000)).pass("huge").at("choice").otherwise().pass("small"));
    partition.trace();

    // when
    partition.create("order", "{\"total\":500}");

    // then
    List<String> trace = partition.elementTrace();
    assertEquals(
        List.of(
            "EXCLUSIVE_GATEWAY choice ELEMENT_ACTIVATING",
            "EXCLUSIVE_GATEWAY choice ELEMENT_ACTIVATED",
            "EXCLUSIVE_GATEWAY choice ELEMENT_COMPLETING",
            "EXCLUSIVE_GATEWAY choice ELEMENT_COMPLETED",
            "SEQUENCE_FLOW choice-large SEQUENCE_FLOW_TAKEN",
            "MANUAL_TASK large ELEMENT_ACTIVATING"),
        trace.subList(7, 13));
    partition.assertNothingLeft();
  }

  @Test
  void shouldTakeTheLaterInTheFileOfTwoTrueConditions() {
    // given
    partition.deploy(choice().when(above(10)).pass("medium"));
    partition.trace();

    // when
    partition.create("order", "{\"total\":500}");

    // then
    assertTrue(
        partition.elementTrace().contains("SEQUENCE_FLOW choice-medium SEQUENCE_FLOW_TAKEN"));
  }

  @Test
  void shouldTakeTheDefaultFlowIfNoConditionHolds() {
    // given
    partition.deploy(choice().otherwise().pass("small"));
    partition.trace();

    // when
    partition.create("order", "{\"total\":5}");

    // then
    assertTrue(partition.elementTrace().contains("SEQUENCE_FLOW choice-small SEQUENCE_FLOW_TAKEN"));
    partition.assertNothingLeft();
  }

  @Test
  void shouldMergeWithoutWaiting() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .pass("a")
            .exclusive("merge")
            .task("after")
            .at("fork")
            .pass("b")
            .to("merge"));

    // when
    partition.create("order");

    // then
    assertEquals(2, partition.elements("after").size());
    partition.work("after");
    partition.assertNothingLeft();
  }

  @Test
  void shouldEndTheTokenIfItLeadsNowhere() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").exclusive("nowhere"));

    // when
    partition.create("order");

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldStopUntilAConditionHolds() {
    // given
    partition.deploy(choice().when(above(1000)).pass("huge"));
    long instance = partition.create("order", "{\"total\":50}");
    assertEquals(IncidentType.CONDITION_ERROR, partition.incident().type());

    // when
    partition.resolve(partition.incident().key());

    // then
    assertEquals(IncidentType.CONDITION_ERROR, partition.incident().type());

    // when
    partition.setVariables(instance, "{\"total\":500}");
    partition.resolve(partition.incident().key());

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldStopAtAConditionThatIsNotBoolean() {
    // given
    partition.deploy(choice().otherwise().pass("small"));

    // when
    partition.create("order");

    // then
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());
    assertEquals(
        "Expected result of the expression 'total > 100' to be 'BOOLEAN', but was 'NULL'.",
        partition.incident().message());
  }
}
