package io.skep.domain.engine.variable;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final EngineFixture partition = new EngineFixture();

  /// The sub-process has a variable of its own, `shared`, which hides that of the root.
  @BeforeEach
  void deploySubProcess() {
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .subProcess("sub")
            .start("inner-start")
            .task("first")
            .task("second")
            .endSubProcess()
            .inputs(FakeExpression.mapping("shared", _ -> "local"))
            .task("third"));
  }

  @Test
  void shouldSetEachVariableInTheNearestScopeThatHasIt() {
    // given
    long request = partition.createAwaiting("order", "{\"outer\":1,\"shared\":\"root\"}");
    long sub = partition.element("sub").key();
    long root = partition.element("order").key();

    // when
    partition.complete(partition.activate("first"), "{\"fresh\":3,\"outer\":2,\"shared\":\"sub\"}");

    // then
    assertEquals("{\"shared\":\"sub\"}", partition.variables(sub));
    assertEquals("{\"outer\":2,\"shared\":\"root\",\"fresh\":3}", partition.variables(root));
    assertEquals(
        EngineFixture.json("{\"shared\":\"sub\",\"outer\":2,\"fresh\":3}"),
        partition.activate("second").variables());

    // when
    partition.pass(Duration.ofMinutes(5));
    partition.work("second", "third");

    // then
    assertEquals("{\"outer\":2,\"shared\":\"root\",\"fresh\":3}", partition.resultOf(request));
  }

  @Test
  void shouldGoOnOutwardsWhereTheValueIsTheSameAlready() {
    // given
    partition.create("order", "{\"shared\":\"root\"}");
    long sub = partition.element("sub").key();
    long root = partition.element("order").key();

    // when
    partition.complete(partition.activate("first"), "{\"shared\":\"local\"}");

    // then
    assertEquals("{\"shared\":\"local\"}", partition.variables(sub));
    assertEquals("{\"shared\":\"local\"}", partition.variables(root));
  }

  @Test
  void shouldSetVariablesFromAnyElementOutwards() {
    // given
    partition.create("order", "{\"outer\":1,\"shared\":\"root\"}");
    long task = partition.element("first").key();

    // when
    Answer answer = partition.setVariables(task, "{\"added\":true,\"outer\":2,\"shared\":\"set\"}");

    // then
    assertInstanceOf(Answer.Done.class, answer);
    assertEquals("{}", partition.variables(task));
    assertEquals("{\"shared\":\"set\"}", partition.variables(partition.element("sub").key()));
    assertEquals(
        "{\"outer\":2,\"shared\":\"root\",\"added\":true}",
        partition.variables(partition.element("order").key()));
  }

  @Test
  void shouldSetLocalVariablesInThatVeryScope() {
    // given
    partition.create("order", "{\"outer\":1}");
    long task = partition.element("first").key();

    // when
    partition.setLocalVariables(task, "{\"here\":true,\"outer\":2}");

    // then
    ActivatedJob job = partition.activate("first");
    assertEquals(
        EngineFixture.json("{\"here\":true,\"outer\":2,\"shared\":\"local\"}"), job.variables());
    assertEquals("{\"outer\":1}", partition.variables(partition.element("order").key()));

    // when: a later completion writes there, too
    partition.complete(job, "{\"outer\":3}");

    // then
    assertEquals("{\"outer\":1}", partition.variables(partition.element("order").key()));
  }

  @Test
  void shouldStateNothingForAValueThatIsThereAlready() {
    // given
    long instance = partition.create("order", "{\"a\":1}");
    partition.trace();

    // when
    partition.setVariables(instance, "{\"a\":1}");
    partition.setVariables(instance, "{\"a\":2}");

    // then
    assertEquals(
        List.of("VARIABLES SET", "VARIABLE a=2 UPDATED", "VARIABLES SET"), partition.trace());
  }

  @Test
  void shouldRefuseToSetVariablesOfWhatIsNotThere() {
    // given
    partition.create("order");
    long first = partition.element("first").key();
    ActivatedJob job = partition.activate("first");
    partition.complete(job, "{}");

    // then
    assertRejected(Reason.NOT_FOUND, partition.setVariables(first, "{\"a\":1}"));
    assertRejected(Reason.NOT_FOUND, partition.setLocalVariables(job.key(), "{\"a\":1}"));
    assertRejected(Reason.NOT_FOUND, partition.setVariables(1, "{}"));
  }

  @Test
  void shouldFindVariablesInScopesOfMany() {
    // given: so many that names are looked up by an index
    String many = object(0, 1_000, 1);
    long instance = partition.create("order", many);

    // when
    partition.setVariables(instance, object(500, 1_500, 2));

    // then
    var variables = partition.activate("first").variables();
    assertEquals(1_501, variables.size());
    assertEquals("1", new String(variables.value(variables.indexOf("v499"))));
    assertEquals("2", new String(variables.value(variables.indexOf("v500"))));
    assertEquals("2", new String(variables.value(variables.indexOf("v1499"))));
    assertEquals(1_500, partition.state().variables().get(instance).size());
  }

  @Test
  void shouldKeepWhatOneBranchSetsVisibleToTheOther() {
    // given
    partition.deploy(
        ModelBuilder.process("branches")
            .start("start")
            .parallel("fork")
            .task("left")
            .at("fork")
            .task("right"));
    partition.create("branches", "{\"state\":\"new\"}");

    // when
    partition.complete(partition.activate("left"), "{\"left\":1,\"state\":\"from left\"}");

    // then
    assertEquals(
        EngineFixture.json("{\"state\":\"from left\",\"left\":1}"),
        partition.activate("right").variables());
  }

  @Test
  void shouldHandOutTheSameTextBeforeAndAfterARestart() {
    // given: names that need escapes, and a value that a change of the encoding might touch
    String sent = "{\"\\u0001\\\"\":1.50,\"ü\":[\"\\/\",{}],\"\\u00e9/\":null}";
    partition.deploy(ModelBuilder.process("plain").start("start").task("work"));
    partition.create("plain", sent);
    partition.create("plain", sent);

    // when
    ActivatedJob before = partition.activate("work");
    partition.restart();
    ActivatedJob after = partition.activate("work");

    // then
    assertEquals(before.variables(), after.variables());
    assertEquals(before.answerBytes(), after.answerBytes());
  }

  private static String object(int from, int to, int value) {
    return "{%s}"
        .formatted(
            String.join(
                ",", IntStream.range(from, to).mapToObj(i -> "\"v" + i + "\":" + value).toList()));
  }
}
