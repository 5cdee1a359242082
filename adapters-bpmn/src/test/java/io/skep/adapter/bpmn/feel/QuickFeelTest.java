package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.EvaluationContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions that are evaluated without the FEEL library give what they would give with it.
class QuickFeelTest {
  private static final String[] NAMES = {
    "a",
    "b",
    "order",
    "o",
    "total",
    "nullable",
    "trueish",
    "iffy",
    "format",
    "android",
    "notes",
    "inside",
    "item",
    "partial",
    "someone",
    "everything",
    "date",
    "time",
    "duration",
    "now",
    "x1",
    "_y",
    "thenX",
    "returned",
    "ofX",
    "betweenX",
    "instanceX",
    "functions",
    "elsewhere",
    "orX",
    "inX",
    "cellInput",
    "cycle",
    "externals"
  };
  private static final String[] OPERATORS = {"=", "!=", "<", "<=", ">", ">="};
  private static final String[] VALUES = {
    "1",
    "0",
    "-5",
    "2.0",
    "1.5",
    "9223372036854775807",
    "999999999999999999",
    "18446744073709551615",
    "\"\"",
    "\"abc\"",
    "\"1\"",
    "\"a\\n\\\"b\"",
    "true",
    "false",
    "null",
    "[]",
    "[1,2]",
    "[1.0]",
    "[\"a\"]",
    "{}",
    "{\"a\":1,\"b\":{\"a\":2.0}}",
    "{\"order\":{\"total\":120}}",
    "{\"a\":1,\"a\":2}",
    "-0.0",
    "1.0E300"
  };
  private static final String[] CONSTANTS = {
    "1",
    "0",
    "-5",
    "2",
    "999999999999999999",
    "\"\"",
    "\"abc\"",
    "\"1\"",
    "\"Grüße 🌍\"",
    "true",
    "false",
    "100",
    "007"
  };

  @Test
  void shouldGiveWhatFeelGives() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    for (long run = seed; run < seed + 20_000; run++) {
      // given
      var random = new SplittableRandom(run);
      var text = expression(random);
      var scope = Scope.of(variables(random));
      var quick = parsed(text);

      // when
      var found = quick.evaluate(scope);
      var expected = FeelExpression.parse(text).evaluate(scope);

      // then
      int at = (int) (run - seed);
      assertSame(expected, found, text + ", run " + at + ", repeat with -Dseed=" + seed);
    }
  }

  private static QuickFeel parsed(String text) {
    var quick = QuickGrammar.parse(text);
    assertNotNull(quick, text);
    return quick;
  }

  private static void assertSame(Evaluation expected, Evaluation found, String message) {
    assertEquals(expected.getClass(), found.getClass(), message);
    assertEquals(expected.warnings(), found.warnings(), message);
    if (expected instanceof Evaluation.Value value) {
      var other = (Evaluation.Value) found;
      assertEquals(new String(value.json(), UTF_8), new String(other.json(), UTF_8), message);
      assertEquals(value.type(), other.type(), message);
    }
  }

  private static String expression(SplittableRandom random) {
    var text = new StringBuilder(pick(random, " ", "", "\n"));
    text.append(pick(random, NAMES));
    for (int i = random.nextInt(3); i > 0; i--) text.append('.').append(pick(random, NAMES));
    if (random.nextBoolean()) {
      text.append(pick(random, "", " "))
          .append(pick(random, OPERATORS))
          .append(pick(random, "", " ", "\t"));
      text.append(pick(random, CONSTANTS));
    }
    return text.append(pick(random, "", " ")).toString();
  }

  private static String variables(SplittableRandom random) {
    var json = new StringBuilder("{");
    for (var name : NAMES) {
      if (random.nextInt(4) == 0) continue;
      if (json.length() > 1) json.append(',');
      json.append('"').append(name).append("\":").append(pick(random, VALUES));
    }
    return json.append('}').toString();
  }

  private static String pick(SplittableRandom random, String... from) {
    return from[random.nextInt(from.length)];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "a b",
        "a.",
        ".a",
        "a..b",
        "a[1]",
        "a()",
        "null",
        "true",
        "not",
        "a = ",
        "a == 1",
        "a = b",
        "a = 1.5",
        "a = 1 and b",
        "a > \"x",
        "a = \"\\n\"",
        "a = null",
        "a.null",
        "if",
        "für",
        "a = 1234567890123456789",
        "a = truer",
        "a in (1)",
        "a = -",
        "1 = a",
        "`a`",
        "a-b",
        "a // b"
      })
  void shouldLeaveOtherExpressionsToFeel(String text) {
    assertNull(QuickGrammar.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a | 5",
        "o.t | 120",
        "o | {\"t\":120,\"u\":2.0}",
        "s | \"x\"",
        "l | [1,2]",
        "n | null",
        "a > 3 | true",
        "a <= -1 | false",
        "o.t != 120 | false",
        "s = \"x\" | true",
        "f = true | false",
        "o.t >= 120 | true"
      })
  void shouldNotAskFeel(String text, String json) {
    // given
    var scope =
        Scope.of(
            "{\"a\":5,\"o\":{\"t\":120,\"u\":2.0},\"s\":\"x\",\"l\":[1,2],\"n\":null,\"f\":false}");

    // when
    byte[] quick = QuickGrammar.parse(text).quick(scope);

    // then
    assertArrayEquals(json.getBytes(UTF_8), quick);
  }

  @Test
  void shouldReadValuesThatAreTooDeepForFeel() {
    // given
    var deep = "[".repeat(900) + "]".repeat(900);

    // when
    var evaluation = QuickGrammar.parse("x").evaluate(Scope.of("{\"x\":" + deep + "}"));

    // then
    assertEquals(
        deep, new String(assertInstanceOf(Evaluation.Value.class, evaluation).json(), UTF_8));
  }

  @Test
  void shouldWarnAsFeelDoes() {
    // given
    EvaluationContext nothing = Scope.of("{}");

    // when
    var evaluation = (Evaluation.Value) QuickGrammar.parse("a.b > 1").evaluate(nothing);

    // then
    assertTrue(evaluation.isNull());
    assertEquals(
        "[NO_VARIABLE_FOUND] No variable found with name 'a'", evaluation.warnings().getFirst());
  }
}
