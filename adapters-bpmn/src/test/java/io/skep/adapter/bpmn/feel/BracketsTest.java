package io.skep.adapter.bpmn.feel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "'' | 0",
        "a + b | 0",
        "(a) + [b] | 1",
        "f({a: [1]}) | 3",
        "\"((\" + (a) | 1",
        "\"\\\"((\" + (a) | 1",
        "\"(( | 0",
        "`a(\"b` + (a) | 1",
        "( /* (( \" */ a) | 1",
        "/*/ ( */ a | 0",
        "'a // ((\" \n + (b)' | 1",
        "a / (b) | 1",
        ")))((( | 0",
      })
  void shouldCountBracketsWithinBrackets(String text, int depth) {
    assertEquals(depth, Brackets.depth(text));
  }
}
