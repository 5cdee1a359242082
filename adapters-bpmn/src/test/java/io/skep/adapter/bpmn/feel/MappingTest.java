package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.StaticText;
import io.skep.domain.expression.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What Zeebe makes of input and output mappings.
class MappingTest {

  @Test
  void shouldTakeStaticTextsForStrings() {
    assertInputs(
        "{\"text\":\"plain text\",\"digits\":\"42\",\"word\":\"true\",\"quoted\":\"say \\\"hi\\\"\",\"odd\":\"a\\nb\\\\ {x}\"}",
        "{}",
        "text",
        "plain text",
        "digits",
        "42",
        "word",
        "true",
        "quoted",
        "say \"hi\"",
        "odd",
        "a\nb\\ {x}");
  }

  @Test
  void shouldEvaluateSources() {
    assertInputs(
        "{\"joined\":\"ab\",\"doubled\":10,\"copy\":{\"total\":5},\"built\":{\"a\":[1,5]}}",
        "{\"order\":{\"total\":5}}",
        "joined",
        "=\"a\" + \"b\"",
        "doubled",
        "=order.total * 2",
        "copy",
        "=order",
        "built",
        "={a: [1, order.total]}");
  }

  @Test
  void shouldBuildInputsAnew() {
    assertInputs(
        "{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":3},\"order\":{\"id\":4}}",
        "{\"x\":1,\"order\":{\"id\":7,\"open\":true}}",
        "a.b.c",
        "=x",
        "a.b.d",
        "=x + 1",
        "a.e",
        "=x + 2",
        "order.id",
        "=x + 3");
  }

  @Test
  void shouldSeeEarlierInputs() {
    assertInputs(
        "{\"x\":2,\"y\":3,\"sum\":{\"of\":5},\"twice\":10}",
        "{\"x\":1}",
        "x",
        "=x + 1",
        "y",
        "=x + 1",
        "sum.of",
        "=x + y",
        "twice",
        "=sum.of * 2");
  }

  @Test
  void shouldSeeEarlierEntriesOfTheSameVariable() {
    assertInputs(
        "{\"q\":{\"c\":{\"b\":10,\"e\":11,\"f\":11}}}",
        "{\"c\":{\"b\":10},\"b\":4}",
        "q.c.b",
        "=c.b",
        "q.c.e",
        "=c.b + 1",
        "q.c.f",
        "=b + 1");
  }

  @Test
  void shouldLetTheLastInputOfATargetCount() {
    assertInputs(
        "{\"a\":7,\"z\":5,\"copy\":7}",
        "{}",
        "a.b",
        "=1",
        "z",
        "=5",
        "a.c",
        "=z",
        "copy",
        "=a",
        "a",
        "=7");
    assertInputs(
        "{\"a\":{\"y\":5},\"d\":null}", "{}", "a", "={x:1}", "a.y", "=5", "d", "=1", "d", "=d + 1");
  }

  @Test
  void shouldMakeNullOfNothing() {
    assertInputs(
        "{\"a\":null,\"b\":null,\"c\":null,\"d\":{\"e\":null}}",
        "{}",
        "a",
        "=missing",
        "b",
        "=missing.deeper",
        "c",
        "=1 / 0",
        "d.e",
        "=null");
  }

  @Test
  void shouldKeepSourcesApartWhateverTheyEndWith() {
    assertInputs("{\"a\":1,\"b\":2}", "{}", "a", "=1 // first", "b", "=2 /* second */");
  }

  @Test
  void shouldPickAndRenameOutputs() {
    assertOutputs(
        "{\"code\":7,\"next\":11,\"gone\":null}",
        "{\"x\":10,\"code\":0,\"answer\":{\"code\":7},\"noise\":true}",
        "code",
        "=answer.code",
        "next",
        "=x + 1",
        "gone",
        "=missing");
  }

  @Test
  void shouldPutOutputsIntoVariablesThatAreThere() {
    assertOutputs(
        "{\"order\":{\"id\":1,\"deep\":{\"kept\":true,\"twice\":6},\"price\":3},\"fresh\":{\"price\":3},\"plain\":null}",
        "{\"order\":{\"id\":1,\"deep\":{\"kept\":true}},\"plain\":\"text\",\"price\":3}",
        "order.price",
        "=price",
        "order.deep.twice",
        "=price * 2",
        "fresh.price",
        "=price",
        "plain.price",
        "=price");
  }

  @Test
  void shouldMakeNullOfWhatCannotBePutInto() {
    assertOutputs(
        "{\"l\":null,\"m\":null,\"n\":{\"x\":null,\"k\":2},\"o\":{\"c\":3},\"deep\":{\"text\":null,\"keep\":1,\"more\":{\"c\":6}}}",
        "{\"l\":[1],\"m\":\"text\",\"n\":{\"x\":\"text\",\"k\":2},\"o\":null,\"deep\":{\"text\":\"t\",\"keep\":1}}",
        "l.c",
        "=4",
        "m.x.y",
        "=3",
        "n.x.y",
        "=2",
        "o.c",
        "=3",
        "deep.text.c",
        "=5",
        "deep.more.c",
        "=6");
  }

  @Test
  void shouldSeeEarlierOutputs() {
    assertOutputs(
        "{\"a\":{\"old\":1,\"b\":1,\"z\":10},\"seenA\":{\"old\":1,\"b\":1,\"z\":10},\"seenAB\":1,\"x\":2,\"seenX\":2,\"seenB\":\"outer\"}",
        "{\"a\":{\"old\":1,\"b\":0},\"x\":100,\"b\":\"outer\"}",
        "a.b",
        "=1",
        "seenA",
        "=a",
        "seenAB",
        "=a.b",
        "x",
        "=2",
        "seenX",
        "=x",
        "a.z",
        "=10",
        "seenB",
        "=b");
  }

  @Test
  void shouldLetTheLastOutputOfATargetCount() {
    assertOutputs(
        "{\"dup\":{\"o\":1,\"k\":9}}",
        "{\"dup\":{\"o\":1}}",
        "dup",
        "=7",
        "dup",
        "=8",
        "dup.k",
        "=9");
    assertOutputs("{\"e\":{\"o\":2,\"k\":9}}", "{\"e\":{\"o\":2}}", "e", "={v:1}", "e.k", "=9");
  }

  @Test
  void shouldKeepTheOrderOfManyEntries() {
    assertOutputs(
        "{\"o\":{\"g\":1,\"f\":2,\"e\":3,\"d\":9,\"c\":5,\"b\":6,\"a\":7}}",
        "{\"o\":{\"g\":1,\"f\":2,\"e\":3,\"d\":4,\"c\":5,\"b\":6}}",
        "o.a",
        "=7",
        "o.d",
        "=9");
  }

  @Test
  void shouldFailWhereASourceFails() {
    // given
    var inputs = Feel.inputs(mappings("checked", "=assert(x, x > 1)"));

    // when
    var failure =
        assertInstanceOf(Evaluation.Failure.class, inputs.evaluate(Scope.of("{\"x\":1}")));

    // then
    assertEquals(
        "Assertion failure on evaluate the expression '{checked: assert(x, x > 1)}': The condition is not fulfilled",
        failure.message());
    assertEquals(List.of("[ASSERT_FAILURE] The condition is not fulfilled"), failure.warnings());
  }

  @Test
  void shouldGiveTheSameWithAndWithoutFeel() throws Exception {
    // given
    var mappings =
        mappings("a", "=x", "b", "=o.c", "c", "text", "d", "=x > 1", "e", "=o", "f", "=y");
    var quick = assertInstanceOf(QuickMappings.class, Feel.inputs(mappings));
    var full = new FeelExpression(MappingTree.of(mappings).overwriting());

    for (var variables : List.of("{\"x\":5,\"o\":{\"c\":[1]},\"y\":\"z\"}", "{\"x\":2.0}", "{}")) {
      // when
      var found = (Evaluation.Value) quick.evaluate(Scope.of(variables));
      var expected = (Evaluation.Value) full.evaluate(Scope.of(variables));

      // then
      assertEquals(new String(expected.json(), UTF_8), new String(found.json(), UTF_8));
      assertEquals(expected.warnings(), found.warnings());
      assertEquals(expected.type(), found.type());
    }
    assertEquals(full.text(), quick.text());
  }

  @Test
  void shouldLeaveMappingsThatSeeEachOtherToFeel() throws Exception {
    assertInstanceOf(FeelExpression.class, Feel.inputs(mappings("a", "=x", "b", "=a")));
    assertInstanceOf(FeelExpression.class, Feel.inputs(mappings("a", "=x", "a", "=y")));
    assertInstanceOf(FeelExpression.class, Feel.outputs(mappings("a.b", "=x")));
    assertInstanceOf(FeelExpression.class, Feel.outputs(mappings("a", "=x + 1")));
    assertInstanceOf(QuickMappings.class, Feel.outputs(mappings("a", "=a", "b", "=x")));
  }

  private static void assertInputs(String expected, String variables, String... targetsAndSources) {
    assertGives(expected, variables, Feel.inputs(mappings(targetsAndSources)));
  }

  private static void assertOutputs(
      String expected, String variables, String... targetsAndSources) {
    assertGives(expected, variables, Feel.outputs(mappings(targetsAndSources)));
  }

  private static void assertGives(String expected, String variables, Expression expression) {
    var value = assertInstanceOf(Evaluation.Value.class, expression.evaluate(Scope.of(variables)));
    assertEquals(expected, new String(value.json(), UTF_8));
    assertEquals(ValueType.OBJECT, value.type());
  }

  private static List<Mapping> mappings(String... targetsAndSources) {
    var mappings = new ArrayList<Mapping>();
    for (int i = 0; i < targetsAndSources.length; i += 2) {
      mappings.add(
          new Mapping(
              List.of(targetsAndSources[i].split("\\.")), source(targetsAndSources[i + 1])));
    }
    return mappings;
  }

  private static Expression source(String text) {
    try {
      return text.startsWith("=") ? Feel.parse(text.substring(1)) : StaticText.string(text);
    } catch (FeelSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
