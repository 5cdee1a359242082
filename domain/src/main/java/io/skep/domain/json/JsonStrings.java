package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Reads the strings of a text in one pass over it, and brings them into canonical form: double
/// quotes, escapes only where JSON demands them, and then the shortest.
final class JsonStrings {
  private final byte[] in;
  private final CanonicalText text;
  private final byte[] scratch = new byte[6];
  private boolean changed;

  JsonStrings(byte[] in, CanonicalText text) {
    this.in = in;
    this.text = text;
  }

  /// Reads the string that starts here.
  ///
  /// @return the place behind its closing quote
  int read(int start) {
    byte quote = in[start];
    int at = start + 1;
    changed = false;
    if (quote != '"') replace(start, at, (byte) '"');
    while (true) {
      if (at >= in.length) throw failure(at, "a closing quote");
      byte b = in[at];
      if (b == quote) break;
      if (b == '\\') {
        at = escape(at);
      } else if (b < 0) {
        at = beyondAscii(at);
      } else if (b < 0x20) {
        throw failure(at, "control characters in strings to be escaped");
      } else {
        if (b == '"') replaceByEscape(at, at + 1, '"');
        at++;
      }
    }
    if (quote != '"') replace(at, at + 1, (byte) '"');
    return at + 1;
  }

  /// The content of the string that was read last.
  ///
  /// @param position where its canonical form starts in the text
  String content(int start, int position, int end) {
    if (changed) return new JsonReader(text.copy(position, end)).string();
    if (hasEscape(start, end)) return new JsonReader(Arrays.copyOfRange(in, start, end)).string();
    return new String(in, start + 1, end - start - 2, UTF_8);
  }

  private boolean hasEscape(int start, int end) {
    for (int i = start; i < end; i++) if (in[i] == '\\') return true;
    return false;
  }

  private int escape(int at) {
    if (at + 1 >= in.length) throw failure(at + 1, "an escape sequence");
    switch (in[at + 1]) {
      case '"', '\\', 'n', 'r', 't', 'b', 'f' -> {}
      case '/', '\'' -> replace(at, at + 2, in[at + 1]);
      case 'u' -> {
        return unicodeEscape(at);
      }
      default -> throw failure(at + 1, "an escape sequence");
    }
    return at + 2;
  }

  private int unicodeEscape(int at) {
    int unit = hex(at);
    int end = at + 6;
    int codePoint = unit;
    if (Character.isSurrogate((char) unit)) {
      // A half without its other half has no UTF-8. Java's encoder writes a question mark for it,
      // and so do we.
      codePoint = '?';
      if (Character.isHighSurrogate((char) unit)
          && end + 1 < in.length
          && in[end] == '\\'
          && in[end + 1] == 'u') {
        int low = hex(end);
        if (Character.isLowSurrogate((char) low)) {
          codePoint = Character.toCodePoint((char) unit, (char) low);
          end += 6;
        }
      }
    }
    if (codePoint == '"' || codePoint == '\\') replaceByEscape(at, end, (char) codePoint);
    else if (codePoint < 0x20) controlCharacter(at, codePoint);
    else replaceByUtf8(at, end, codePoint);
    return end;
  }

  private void controlCharacter(int at, int c) {
    char letter = Json.escapeLetter((char) c);
    if (letter != 0) {
      replaceByEscape(at, at + 6, letter);
    } else if (in[at + 5] >= 'a') {
      replace(at + 5, at + 6, (byte) (in[at + 5] - 0x20));
    }
  }

  private int hex(int at) {
    if (at + 6 > in.length) throw failure(in.length, "four hexadecimal digits");
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      // A negative byte must not be taken for a digit of another script.
      int digit = in[i] < 0 ? -1 : Character.digit(in[i], 16);
      if (digit < 0) throw failure(i, "four hexadecimal digits");
      value = value << 4 | digit;
    }
    return value;
  }

  /// Checks one character of two to four bytes.
  private int beyondAscii(int at) {
    int first = in[at] & 0xff;
    int count = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    int codePoint = first & (0xff >> (count + 1));
    boolean valid = first >= 0xc2 && first <= 0xf4 && at + count <= in.length;
    for (int i = at + 1; valid && i < at + count; i++) {
      valid = (in[i] & 0xc0) == 0x80;
      codePoint = codePoint << 6 | in[i] & 0x3f;
    }
    boolean shortest = count == 2 || codePoint >= (count == 3 ? 0x800 : 0x10000);
    if (!valid || !shortest || codePoint > 0x10ffff || codePoint >= 0xd800 && codePoint < 0xe000) {
      throw failure(at, "UTF-8");
    }
    return at + count;
  }

  private void replace(int from, int to, byte by) {
    changed = true;
    text.replace(from, to, by);
  }

  private void replaceByEscape(int from, int to, char letter) {
    changed = true;
    scratch[0] = '\\';
    scratch[1] = (byte) letter;
    text.replace(from, to, scratch, 2);
  }

  private void replaceByUtf8(int from, int to, int codePoint) {
    changed = true;
    byte[] utf8 = Character.toString(codePoint).getBytes(UTF_8);
    text.replace(from, to, utf8, utf8.length);
  }

  private JsonSyntaxException failure(int at, String expected) {
    return JsonSyntaxException.at(in, at, expected);
  }
}
