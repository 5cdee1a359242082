package io.skep.adapter.bpmn.feel;

/// Measures how many brackets of an expression lie within each other, those in strings, names and
/// comments left out.
final class Brackets {
  private final String text;
  private int at;

  private Brackets(String text) {
    this.text = text;
  }

  static int depth(String text) {
    return new Brackets(text).depth();
  }

  private int depth() {
    int depth = 0;
    int deepest = 0;
    for (; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '(', '[', '{' -> deepest = Math.max(deepest, ++depth);
        case ')', ']', '}' -> depth--;
        case '"' -> skipString();
        case '`' -> skipTo("`");
        case '/' -> skipComment();
        default -> {}
      }
    }
    return deepest;
  }

  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') at += text.charAt(at) == '\\' ? 2 : 1;
  }

  private void skipComment() {
    if (text.startsWith("//", at)) skipTo("\n");
    else if (text.startsWith("/*", at)) skipTo("*/");
  }

  /// Stops at the end of what closes it, or of the text.
  private void skipTo(String end) {
    int found = text.indexOf(end, at + (end.length() == 2 ? 2 : 1));
    at = found < 0 ? text.length() : found + end.length() - 1;
  }
}
