package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeelTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | NULL",
        "1 = 1 | BOOLEAN",
        "1.5 | NUMBER",
        "\"a\" | STRING",
        "date(\"2024-01-01\") | DATE",
        "time(\"10:00:00\") | TIME",
        "time(\"10:00:00Z\") | TIME",
        "date and time(\"2024-01-01T10:00:00\") | DATE_TIME",
        "now() | DATE_TIME",
        "duration(\"PT1H\") | DURATION",
        "duration(\"P1M\") | PERIOD",
        "[1] | ARRAY",
        "o | ARRAY",
        "{} | OBJECT",
        "p | OBJECT",
        "function(x) x | OTHER"
      })
  void shouldTellTheTypeOfTheResult(String expression, ValueType type) throws Exception {
    assertEquals(type, value(expression, "{\"o\":[],\"p\":{}}").type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | 2",
        "o | {\"u\":2.5,\"t\":2.0}",
        "{a: o} | {\"a\":{\"u\":2.5,\"t\":2.0}}",
        "o.t | 2",
        "[o] | [{\"u\":2.5,\"t\":2.0}]",
        "l | [1,2.5]",
        "z | 0",
        "{f: function(x) x, a: 1} | {\"a\":1}",
        "[function(x) x] | [null]",
        "{r: [1..2]} | {\"r\":null}",
        "context put(o, \"k\", 1) | {\"u\":2.5,\"t\":2.0,\"k\":1}",
        "[1.0, 2.50] | [1,2.5]",
        "10 ** 20 + 0.5 | 1.0E20",
        "big | 0",
        "unsigned | -1",
        "[] | []",
        "{} | {}",
        "[[], {}] | [[],{}]",
        "{b: 1, a: 2, d: 3, c: 4, f: 5, e: 6} | {\"b\":1,\"a\":2,\"d\":3,\"c\":4,\"f\":5,\"e\":6}"
      })
  void shouldWriteResultsAsZeebeDoes(String expression, String json) throws Exception {
    assertEquals(
        json,
        json(
            expression,
            """
            {"x":2.0,"o":{"u":2.5,"t":2.0},"l":[1.0,2.5],"z":-0.0,"big":1.0E300,"unsigned":18446744073709551615}
            """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "y > 0 | [NO_VARIABLE_FOUND] No variable found with name 'y'; [NOT_COMPARABLE] Can't compare 'null' with '0'",
        "a.b | [NO_VARIABLE_FOUND] No variable found with name 'a'",
        "o.b | [NO_CONTEXT_ENTRY_FOUND] No context entry found with key 'b'. Available keys: 'c'",
        "e.b | [NO_CONTEXT_ENTRY_FOUND] No context entry found with key 'b'. The context is empty",
        "o = 1 | [NOT_COMPARABLE] Can't compare '{c:\"d\"}' with '1'",
        "abs(\"a\") | [FUNCTION_INVOCATION_FAILURE]",
      })
  void shouldWarnAboutWhatItTakesForNull(String expression, String warnings) throws Exception {
    // when
    var value = value(expression, "{\"o\":{\"c\":\"d\"},\"e\":{}}");

    // then
    assertTrue(value.isNull());
    assertTrue(
        String.join("; ", value.warnings()).startsWith(warnings), value.warnings()::toString);
  }

  @Test
  void shouldCompareObjectsWhateverTheirOrder() throws Exception {
    // given
    var variables =
        "{\"a\":{\"e\":5,\"d\":4,\"c\":3,\"b\":2,\"a\":1},\"b\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}}";

    // then
    assertEquals("true", json("a = b", variables));
    assertEquals("true", json("a = {a: 1, b: 2, c: 3, d: 4, e: 5}", variables));
    assertEquals("false", json("a = {a: 1, b: 2, c: 3, d: 4, e: 6}", variables));
  }

  @Test
  void shouldTakeTimeFromTheTurnInUtc() throws Exception {
    // given
    var zone = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));

    // then
    try {
      assertEquals("\"2025-11-24T16:00:00.123Z\"", json("now()", "{}"));
      assertEquals("\"2025-11-24\"", json("today()", "{}"));
      assertEquals("{\"a\":\"2025-11-24\"}", json("{a: today()}", "{}"));
    } finally {
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void shouldNotDependOnTheLanguageOfTheMachine() throws Exception {
    // given
    var language = Locale.getDefault();
    Locale.setDefault(Locale.of("tr", "TR"));

    // then
    try {
      assertEquals("\"TITLE\"", json("upper case(\"title\")", "{}"));
      assertEquals("\"title\"", json("lower case(string: \"TITLE\")", "{}"));
    } finally {
      Locale.setDefault(language);
    }
  }

  @Test
  void shouldRoundAsEveryProcessorDoes() throws Exception {
    for (double x = 0.1; x < 700; x *= 1.1) {
      var variables = "{\"x\":" + x + "}";
      assertEquals(StrictMath.log(x), Double.parseDouble(json("log(x)", variables)));
      var exp = Feel.parse("exp(x)").evaluate(Scope.of(variables));
      if (x < 30)
        assertEquals(
            StrictMath.exp(x),
            Double.parseDouble(new String(((Evaluation.Value) exp).json(), UTF_8)));
    }
    assertEquals(
        List.of(
            "[FUNCTION_INVOCATION_FAILURE] Failed to invoke function 'exp': Illegal arguments: '\"a\"'"),
        value("exp(\"a\")", "{}").warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random number()",
        "uuid()",
        "[uuid(), uuid()]",
        "for i in 1..10 return random number()",
        "string(now())",
        "{f: function() random number(), a: f(), b: f()}",
        "sort([3, 1, 2], function(a, b) random number() < 0.5)"
      })
  void shouldGiveTheSameOnEveryReplica(String expression) throws Exception {
    // given
    var here = Feel.parse(expression);
    var there = Feel.parse(expression);

    // when
    var one = (Evaluation.Value) here.evaluate(Scope.of("{}", 42));
    var other = (Evaluation.Value) there.evaluate(Scope.of("{}", 42));

    // then
    assertArrayEquals(one.json(), other.json());
  }

  @Test
  void shouldRollNewDiceForEachCallAndSeed() throws Exception {
    assertEquals("false", json("random number() = random number()", "{}"));
    assertEquals(
        "true",
        json(
            "every x in (for i in 1..1000 return random number()) satisfies x >= 0 and x < 1",
            "{}"));
    var uuid = Feel.parse("uuid()");
    assertNotEquals(
        new String(((Evaluation.Value) uuid.evaluate(Scope.of("{}", 1))).json(), UTF_8),
        new String(((Evaluation.Value) uuid.evaluate(Scope.of("{}", 2))).json(), UTF_8));
    assertEquals(7, java.util.UUID.fromString(json("uuid()", "{}").replace("\"", "")).version());
  }

  @Test
  void shouldGiveTheSameWhenItsThreadIsInterrupted() throws Exception {
    // given
    var expression = Feel.parse("[random number(), uuid()]");
    var expected = ((Evaluation.Value) expression.evaluate(Scope.of("{}"))).json();

    // when
    Thread.currentThread().interrupt();
    var evaluation = expression.evaluate(Scope.of("{}"));

    // then
    assertTrue(Thread.interrupted());
    assertArrayEquals(expected, ((Evaluation.Value) evaluation).json());
  }

  @Test
  void shouldLetModelsShadowFunctions() throws Exception {
    assertEquals("1", json("{now: function() 1, a: now()}.a", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cycle(1)", "cycle(\"a\", duration(\"PT1H\"))", "#merge({}, {})", "cycle()"})
  void shouldNotCallFunctionsWithWrongArguments(String expression) {
    // when
    Evaluation evaluation;
    try {
      evaluation = Feel.parse(expression).evaluate(Scope.of("{}"));
    } catch (FeelSyntaxException e) {
      return;
    }

    // then
    assertTrue(((Evaluation.Value) evaluation).isNull());
    assertFalse(evaluation.warnings().isEmpty());
  }

  @Test
  void shouldFailWithWhatTheModelAsserts() throws Exception {
    // when
    var evaluation = Feel.parse("assert(x, x > 1, \"too small\")").evaluate(Scope.of("{\"x\":1}"));

    // then
    var failure = assertInstanceOf(Evaluation.Failure.class, evaluation);
    assertTrue(failure.message().contains("too small"), failure.message());
    assertEquals(List.of("[ASSERT_FAILURE] too small"), failure.warnings());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 +",
        "a b",
        "if then",
        "function(x) external { java: { class: \"java.lang.Math\", method signature: \"abs(int)\" } }"
      })
  void shouldRefuseWhatIsNoExpression(String text) {
    // when
    var thrown = assertThrows(FeelSyntaxException.class, () -> Feel.parse(text));

    // then
    assertTrue(
        thrown.getMessage().startsWith("failed to parse expression '" + text + "': "),
        thrown.getMessage());
  }

  @Test
  void shouldRefuseBracketsThatTakeForeverToRead() {
    for (var text :
        List.of(
            "(".repeat(60) + "1",
            "[".repeat(40) + "1 +" + "]".repeat(40),
            "x in (".repeat(30) + "1 +",
            "{a:".repeat(99))) {
      // when
      var thrown =
          assertTimeout(
              Duration.ofSeconds(10),
              () -> assertThrows(FeelSyntaxException.class, () -> Feel.parse(text)));

      // then
      assertTrue(thrown.getMessage().contains("brackets"), thrown.getMessage());
    }
  }

  @Test
  void shouldRefuseExpressionsThatAreTooDeep() {
    for (int count : new int[] {200, 3_000, 50_000}) {
      // when
      var thrown =
          assertThrows(FeelSyntaxException.class, () -> Feel.parse("1" + " + 1".repeat(count)));

      // then
      assertTrue(thrown.getMessage().contains("at most 150 operators"), thrown.getMessage());
    }
  }

  @Test
  void shouldReadLongExpressions() throws Exception {
    assertEquals("140", json("1" + " + 1".repeat(139), "{}"));
    assertEquals("\"" + "(".repeat(99) + "\"", json("\"" + "(".repeat(99) + "\"", "{}"));
    assertEquals("10001", json("count([" + "1, ".repeat(10_000) + "1])", "{}"));
  }

  @Test
  void shouldReadValuesAsDeepAsTheyMayBe() throws Exception {
    // given
    var deep = "{\"a\":[".repeat(100) + "]}".repeat(100);

    // then
    assertEquals(deep, json("x", "{\"x\":" + deep + "}"));
    assertEquals("true", json("x = x", "{\"x\":" + deep + "}"));
  }

  @Test
  void shouldFailOnValuesThatAreTooDeep() throws Exception {
    // given
    var variables = "{\"x\":" + "[".repeat(201) + "]".repeat(201) + "}";

    // when
    var failure =
        assertInstanceOf(
            Evaluation.Failure.class, Feel.parse("x = 1").evaluate(Scope.of(variables)));

    // then
    assertEquals(
        "failed to evaluate expression 'x = 1' : Expected variable 'x' to have at most 200 objects and lists within each other",
        failure.message());
  }

  private static Evaluation.Value value(String expression, String variables)
      throws FeelSyntaxException {
    return assertInstanceOf(
        Evaluation.Value.class, Feel.parse(expression).evaluate(Scope.of(variables)));
  }

  private static String json(String expression, String variables) throws FeelSyntaxException {
    return new String(value(expression, variables).json(), UTF_8);
  }
}
