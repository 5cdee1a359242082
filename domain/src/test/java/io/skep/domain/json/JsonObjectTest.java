package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

  @Test
  void shouldSplitTheTopLevel() {
    // when
    var object = parse("{\"a\":1,\"b\":{\"c\":[true,\"}\"]},\"\":null}");

    // then
    assertEquals(List.of("a", "b", ""), List.of(object.name(0), object.name(1), object.name(2)));
    assertEquals("{\"c\":[true,\"}\"]}", new String(object.value(1), UTF_8));
    assertEquals(2, object.indexOf(""));
    assertEquals(-1, object.indexOf("c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "null", " null ", "{}", "{ }", "null, or so"})
  void shouldTakeNothingForTheEmptyObject(String text) {
    assertSame(JsonObject.empty(), parse(text));
  }

  @Test
  void shouldIgnoreWhatFollowsTheObject() {
    assertEquals("{\"a\":1}", parse("{\"a\":1} and {more").toString());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "2.50, 2.5",
        "1.0, 1.0",
        "1, 1",
        "-0, 0",
        "-0.0, -0.0",
        "1.5e-12, 1.5E-12",
        "1e3, 1000.0",
        "0.0001, 1.0E-4",
        "0.00, 0.0",
        "0.001, 0.001",
        "0.01, 0.01",
        "12345678.5, 1.23456785E7",
        "1234567.25, 1234567.25",
        "1.0E300, 1.0E300",
        "0.12345678901234566, 0.12345678901234566",
        "0.1234567890123456789, 0.12345678901234568",
        "100000000000000000000.0, 1.0E20",
        "18446744073709551615, 18446744073709551615",
        "-9223372036854775808, -9223372036854775808",
        "1e400, \"Infinity\"",
        "-1e400, \"-Infinity\"",
        "1e-400, 0.0",
        "0.0010, 0.001",
        "1E5, 100000.0"
      })
  void shouldBringNumbersIntoTheirShortestForm(String given, String canonical) {
    // when
    var object = parse("{\"n\":" + given + "}");

    // then
    assertEquals("{\"n\":" + canonical + "}", object.toString());
    assertSame(object.text(), JsonObject.parse(object.text()).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551616", "-9223372036854775809", "100000000000000000000"})
  void shouldRefuseIntegersThatNoClientCouldRead(String number) {
    // when
    var thrown = assertThrows(JsonSyntaxException.class, () -> parse("{\"n\":" + number + "}"));

    // then
    assertTrue(thrown.getMessage().contains("18446744073709551615"), thrown.getMessage());
  }

  @Test
  void shouldKeepTheLastValueOfANameThatComesTwice() {
    // when
    var object = parse("{\"a\":1,\"b\":2,\"a\":3}");

    // then
    assertEquals("{\"a\":3,\"b\":2}", object.toString());
    assertEquals(2, object.size());
  }

  @Test
  void shouldKeepTheLastValueAmongManyNames() {
    // given
    var text = new StringBuilder("{");
    for (int i = 0; i < 1_000; i++)
      text.append("\"n").append(i % 500).append("\":").append(i).append(',');
    text.setCharAt(text.length() - 1, '}');

    // when
    var object = parse(text.toString());

    // then
    assertEquals(500, object.size());
    assertEquals("999", new String(object.value(object.indexOf("n499")), UTF_8));
  }

  @Test
  void shouldReadNamesWithEscapes() {
    // when
    var object = parse("{'a\\u0062\\n':1, \"c\\\\\":2, 'say \"x\"':3}");

    // then
    assertEquals(
        List.of("ab\n", "c\\", "say \"x\""),
        List.of(object.name(0), object.name(1), object.name(2)));
    assertEquals("{\"ab\\n\":1,\"c\\\\\":2,\"say \\\"x\\\"\":3}", object.toString());
  }

  @Test
  void shouldWriteHalfASurrogateAsJavaDoes() {
    // when
    var object = parse("{\"a\":\"\\ud83d\",\"b\":\"\\ude00\\ud83d\",\"c\":\"\\ud83d\\u0041\"}");

    // then
    assertEquals("{\"a\":\"?\",\"b\":\"??\",\"c\":\"?A\"}", object.toString());
    assertArrayEquals(Json.quote("\ud83d"), object.value(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\": 1,}",
        "{a: 1}",
        "{\"a\": NaN}",
        "{\"a\": 01}",
        "{\"a\": .5}",
        "{\"a\": 5.}",
        "{\"a\": 1e}",
        "{\"a\": -}",
        "{\"a\" 1}",
        "{\"a\": \"\n\"}",
        "{\"a\": tru}",
        "{\"a\": truer}",
        "{\"a\": \"\\x\"}",
        "{\"a\": [1}",
        "{\"a\": [1,]}",
        "{\"a\": \"\\u12\"}",
        "{\"a\": \"\\u12g4\"}",
        "nothing",
        "/* */ {}",
        "]",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":\"",
        "{\"a\":\"\\",
        "{\"a\":1x}",
        "{\"a\":1.2.3}",
        "tru"
      })
  void shouldRefuseMalformedText(String text) {
    // when
    var thrown = assertThrows(JsonSyntaxException.class, () -> parse(text));

    // then
    assertTrue(thrown.getMessage().startsWith("Invalid JSON value: " + text), thrown.getMessage());
  }

  @Test
  void shouldSayWhatWasExpectedAndWhere() {
    // when
    var thrown = assertThrows(JsonSyntaxException.class, () -> parse("{\n \"ä\": 1, b}"));

    // then
    assertEquals(
        "Invalid JSON value: {\n \"ä\": 1, b}\nExpected a name in quotes at line 2, column 10, but got 'b'",
        thrown.getMessage());
  }

  @Test
  void shouldQuoteOnlyTheBeginningOfALongText() {
    // when
    var thrown =
        assertThrows(JsonSyntaxException.class, () -> parse("{\"a\":\"" + "x".repeat(100_000)));

    // then
    assertTrue(thrown.getMessage().length() < 400, thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "[{}], ARRAY",
        "1, INTEGER",
        "1.5, FLOAT",
        "1e3, FLOAT",
        "\"a\", STRING",
        "'a', STRING",
        "true, BOOLEAN"
      })
  void shouldSayWhatTheRootIsInsteadOfAnObject(String text, String type) {
    // when
    var thrown = assertThrows(JsonSyntaxException.class, () -> parse(text));

    // then
    assertTrue(thrown.getMessage().endsWith("but it was '" + type + "'"), thrown.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xc0af, 0xc328, 0xe28228, 0xeda080, 0xf4908080, 0xf0808080, 0xff, 0x80, 0xe282})
  void shouldRefuseWhatIsNotUtf8(int bytes) {
    // given
    byte[] text = "{\"a\":\"????\"}".getBytes(UTF_8);
    int at = 6;
    for (int shift = 24; shift >= 0; shift -= 8)
      if (bytes >>> shift != 0) text[at++] = (byte) (bytes >>> shift);

    // when, then
    assertThrows(JsonSyntaxException.class, () -> JsonObject.parse(text));
  }

  @Test
  void shouldTakeAThousandLevelsAndRefuseMore() {
    // given
    var deepest = "{\"a\":" + "[".repeat(999) + "]".repeat(999) + "}";
    var tooDeep = "{\"a\":" + "[".repeat(1_000_000);

    // when, then
    assertEquals(deepest, parse(deepest).toString());
    assertThrows(JsonSyntaxException.class, () -> parse(tooDeep));
    assertThrows(JsonSyntaxException.class, () -> JsonObject.ofCanonical(tooDeep.getBytes(UTF_8)));
  }

  @Test
  void shouldPutAnObjectTogether() {
    // when
    var object =
        JsonObject.of(
            List.of("a", "ü\n\"", "c"),
            List.of(bytes("1"), bytes("[]"), bytes("\"" + "x".repeat(99) + "\"")));

    // then
    assertEquals("{\"a\":1,\"ü\\n\\\"\":[],\"c\":\"" + "x".repeat(99) + "\"}", object.toString());
    assertEquals("[]", new String(object.value(object.indexOf("ü\n\"")), UTF_8));
  }

  @Test
  void shouldLeaveWhatWasBuiltAloneWhenTheBuilderGoesOn() {
    // given
    var builder = new JsonObject.Builder().append("a", bytes("1"));
    var first = builder.build();

    // when
    var second = builder.append("b", bytes("2")).build();

    // then
    assertEquals("{\"a\":1}", first.toString());
    assertEquals("{\"a\":1,\"b\":2}", second.toString());
    assertTrue(builder.has("b"));
  }

  private static JsonObject parse(String text) {
    return JsonObject.parse(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
