package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// Walks over canonical text, value by value. What it walks over was checked before, so it looks no
/// closer than it must; text that is not canonical gives a [JsonSyntaxException] or nonsense,
/// nothing worse.
public final class JsonReader {
  private final byte[] text;
  private int at;

  public JsonReader(byte[] text) {
    this.text = text;
  }

  /// The first character of the value that comes next, which tells its kind: one of `{["tfn-` or a
  /// digit.
  public char peek() {
    return (char) byteAt(at);
  }

  /// Index of the next byte.
  public int position() {
    return at;
  }

  /// Steps into the object or array that comes next.
  public void enter() {
    if (peek() != '{' && peek() != '[') throw expected("an object or array");
    at++;
  }

  /// Goes on to the next member of the container; at its end steps out of it and gives `false`.
  public boolean next() {
    char c = peek();
    if (c == '}' || c == ']') {
      at++;
      return false;
    }
    if (c == ',') at++;
    return true;
  }

  /// Reads a member's name and the colon.
  public String name() {
    var name = string();
    if (peek() != ':') throw expected("':'");
    at++;
    return name;
  }

  /// Goes to the value of a member of the object that comes next, the last one of this name.
  ///
  /// @param name ASCII characters that need no escape
  /// @return `false` if there is none, or if no object comes next; the reader is of no use then
  public boolean enterMember(String name) {
    if (peek() != '{') return false;
    int found = -1;
    enter();
    while (next()) {
      boolean matches = startsWithName(name);
      skipString();
      if (byteAt(at++) != ':') throw expected("':'");
      if (matches) found = at;
      skip();
    }
    at = found;
    return found >= 0;
  }

  private boolean startsWithName(String name) {
    int end = at + 1 + name.length();
    if (end >= text.length || text[end] != '"') return false;
    for (int i = 0; i < name.length(); i++) if (text[at + 1 + i] != name.charAt(i)) return false;
    return true;
  }

  public String string() {
    if (peek() != '"') throw expected("a string");
    int start = ++at;
    while (byteAt(at) != '"') {
      if (text[at] == '\\') return escapedString(start);
      at++;
    }
    return new String(text, start, at++ - start, UTF_8);
  }

  private String escapedString(int start) {
    var content = new StringBuilder();
    while (true) {
      int from = start;
      while (byteAt(at) != '"' && text[at] != '\\') at++;
      content.append(new String(text, from, at - from, UTF_8));
      if (text[at++] == '"') return content.toString();
      byte letter = byteAt(at++);
      if (letter == 'u') {
        if (at + 4 > text.length) throw expected("four hexadecimal digits");
        int unit = 0;
        for (int end = at + 4; at < end; at++)
          unit = unit << 4 | Character.digit((char) text[at], 16);
        content.append((char) unit);
      } else {
        content.append(Json.unescaped((char) letter));
      }
      start = at;
    }
  }

  /// Reads a number as it is written.
  public String number() {
    int start = at;
    while (at < text.length && isPartOfNumber(text[at])) at++;
    if (at == start) throw expected("a number");
    return new String(text, start, at - start, ISO_8859_1);
  }

  /// Goes over the next value, whatever it is.
  ///
  /// @return how many objects and arrays lie within each other in it
  public int skip() {
    int depth = 0;
    int deepest = 0;
    do {
      switch (byteAt(at)) {
        case '{', '[' -> {
          deepest = Math.max(deepest, ++depth);
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        case '"' -> skipString();
        case ',', ':' -> at++;
        default -> skipWord();
      }
    } while (depth > 0);
    if (depth < 0) throw expected("a value");
    return deepest;
  }

  private void skipString() {
    at++;
    while (byteAt(at) != '"') at += text[at] == '\\' ? 2 : 1;
    at++;
  }

  private void skipWord() {
    int start = at;
    while (at < text.length && (isPartOfNumber(text[at]) || text[at] >= 'a' && text[at] <= 'z'))
      at++;
    if (at == start) throw expected("a value");
  }

  private static boolean isPartOfNumber(byte b) {
    return b >= '0' && b <= '9' || b == '-' || b == '+' || b == '.' || b == 'E' || b == 'e';
  }

  private byte byteAt(int index) {
    if (index >= text.length) throw expected("more text");
    return text[index];
  }

  private JsonSyntaxException expected(String what) {
    return JsonSyntaxException.at(text, Math.min(at, text.length), what);
  }
}
