package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;

/// Small pieces of JSON text.
public final class Json {
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  private Json() {}

  /// The bytes of `null`. A new array each time, since arrays can be written to.
  public static byte[] nullValue() {
    return NULL.clone();
  }

  /// Whether a text is a number in JSON's grammar.
  public static boolean isNumber(String text) {
    int at = 0;
    int end = text.length();
    if (at < end && text.charAt(at) == '-') at++;
    int digits = skipDigits(text, at);
    if (digits == at || (text.charAt(at) == '0' && digits > at + 1)) return false;
    at = digits;
    if (at < end && text.charAt(at) == '.') {
      digits = skipDigits(text, at + 1);
      if (digits == at + 1) return false;
      at = digits;
    }
    if (at < end && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < end && (text.charAt(at) == '+' || text.charAt(at) == '-')) at++;
      digits = skipDigits(text, at);
      if (digits == at) return false;
      at = digits;
    }
    return at == end;
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') at++;
    return at;
  }

  /// A whole number of 64 bits as digits, also if it is written with a point or an exponent; `null`
  /// if it is another one.
  public static String wholeNumber(byte[] number) {
    try {
      return Long.toString(new BigDecimal(new String(number, UTF_8)).longValueExact());
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /// A number without its fraction; of one that is too large the lowest 32 bits.
  public static int intValue(byte[] number) {
    int value = 0;
    for (byte digit : number) {
      if (digit < '0' || digit > '9' || number.length > 9)
        return new BigDecimal(new String(number, UTF_8)).intValue();
      value = 10 * value + digit - '0';
    }
    return value;
  }

  /// The content of a canonical JSON string.
  public static String unquote(byte[] string) {
    return new JsonReader(string).string();
  }

  /// A JSON string with this content, with the shortest escapes.
  public static byte[] quote(String content) {
    var quoted = new StringBuilder(content.length() + 2);
    appendQuoted(quoted, content);
    return quoted.toString().getBytes(UTF_8);
  }

  /// Appends a JSON string with this content.
  public static void appendQuoted(StringBuilder to, String content) {
    to.append('"');
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\') {
        to.append(c);
        continue;
      }
      char letter = escapeLetter(c);
      if (letter != 0) to.append('\\').append(letter);
      else
        to.append("\\u00")
            .append((char) ('0' + (c >> 4)))
            .append("0123456789ABCDEF".charAt(c & 15));
    }
    to.append('"');
  }

  /// Whether a text consists of ASCII characters that need no escape.
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') return false;
    }
    return true;
  }

  /// What follows the backslash in the short escape of a character, or 0 if it has none.
  static char escapeLetter(char c) {
    return switch (c) {
      case '"', '\\' -> c;
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case '\b' -> 'b';
      case '\f' -> 'f';
      default -> 0;
    };
  }

  /// The character that a short escape stands for.
  static char unescaped(char letter) {
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> letter;
    };
  }
}
