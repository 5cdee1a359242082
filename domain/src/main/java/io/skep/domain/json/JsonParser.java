package io.skep.domain.json;

import java.util.Arrays;

/// Reads what a client sent: checks it, brings it into canonical form and splits it, all in one
/// pass.
///
/// Text that is canonical already is neither copied nor changed.
final class JsonParser {
  /// Deeper documents are refused, so that nobody who walks one later runs out of stack.
  static final int MAX_DEPTH = 1_000;

  private final byte[] in;
  private final CanonicalText text;
  private final JsonStrings strings;
  private int at;
  private int depth;

  private String[] names = new String[8];
  private int[] ranges = new int[16];
  private int size;

  private JsonParser(byte[] in) {
    this.in = in;
    this.text = new CanonicalText(in);
    this.strings = new JsonStrings(in, text);
  }

  static JsonObject parseObject(byte[] in) {
    return new JsonParser(in).root();
  }

  private JsonObject root() {
    skipSpace();
    if (at == in.length) return JsonObject.empty();
    switch (in[at]) {
      case '{' -> object();
      case 'n' -> {
        word("null");
        return JsonObject.empty();
      }
      default -> {
        int start = at;
        value();
        throw new JsonSyntaxException(
            "Property 'variables' is invalid: expected an object at the root of the document, but it was '%s'"
                .formatted(type(start)));
      }
    }
    if (size == 0) return JsonObject.empty();
    var object =
        new JsonObject(text.finish(at), Names.list(names, size), Arrays.copyOf(ranges, 2 * size));
    return Names.areDistinct(names, size) ? object : JsonObject.Builder.lastWins(object);
  }

  private String type(int start) {
    return switch (in[start]) {
      case '[' -> "ARRAY";
      case '"', '\'' -> "STRING";
      case 't', 'f' -> "BOOLEAN";
      default -> JsonNumbers.isFraction(in, start, at) ? "FLOAT" : "INTEGER";
    };
  }

  private void value() {
    if (at == in.length) throw failure("a value");
    switch (in[at]) {
      case '{' -> object();
      case '[' -> array();
      case '"', '\'' -> at = strings.read(at);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> at = JsonNumbers.read(in, at, text);
    }
  }

  private void object() {
    descend();
    boolean top = depth == 1;
    while (skipSpaceTo('}', "a name in quotes or '}'")) {
      int nameStart = at;
      if (at == in.length || (in[at] != '"' && in[at] != '\'')) throw failure("a name in quotes");
      int nameAt = text.position(at);
      at = strings.read(at);
      if (top) addName(nameStart, nameAt);
      skipSpace();
      if (at == in.length || in[at] != ':') throw failure("':'");
      at++;
      skipSpace();
      if (top) ranges[2 * size] = text.position(at);
      value();
      if (top) ranges[2 * size++ + 1] = text.position(at);
      if (!skipComma('}')) break;
    }
    ascend();
  }

  private void array() {
    descend();
    while (skipSpaceTo(']', "a value or ']'")) {
      value();
      if (!skipComma(']')) break;
    }
    ascend();
  }

  private void addName(int nameStart, int nameAt) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      ranges = Arrays.copyOf(ranges, 4 * size);
    }
    names[size] = strings.content(nameStart, nameAt, at);
  }

  private void descend() {
    if (++depth > MAX_DEPTH) throw failure("at most %d levels of nesting".formatted(MAX_DEPTH));
    at++;
  }

  private void ascend() {
    depth--;
    at++;
  }

  /// Whether an element follows the opening bracket, or the element after a comma. Only an empty
  /// container has none.
  private boolean skipSpaceTo(char close, String expected) {
    skipSpace();
    if (at == in.length) throw failure(expected);
    return in[at] != close;
  }

  /// Goes behind the comma, or to the closing bracket and gives `false`.
  private boolean skipComma(char close) {
    skipSpace();
    if (at < in.length && in[at] == close) return false;
    if (at == in.length || in[at] != ',') throw failure("',' or '" + close + "'");
    at++;
    skipSpace();
    if (at < in.length && in[at] == close) throw failure("a further element");
    return true;
  }

  private void skipSpace() {
    int start = at;
    while (at < in.length && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t'))
      at++;
    if (at > start) text.leaveOut(start, at);
  }

  private void word(String word) {
    int start = at;
    for (int i = 0; i < word.length(); i++, at++) {
      if (at == in.length || in[at] != word.charAt(i)) throw failure("'" + word + "'");
    }
    if (at < in.length && Character.isLetterOrDigit(in[at])) {
      at = start;
      throw failure("'" + word + "'");
    }
  }

  private JsonSyntaxException failure(String expected) {
    return JsonSyntaxException.at(in, at, expected);
  }
}
