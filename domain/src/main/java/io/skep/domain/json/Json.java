package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

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
      switch (c) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        case '\b' -> to.append("\\b");
        case '\f' -> to.append("\\f");
        default -> {
          if (c < 0x20)
            to.append("\\u00")
                .append(Character.forDigit(c >> 4, 16))
                .append(Character.forDigit(c & 15, 16));
          else to.append(c);
        }
      }
    }
    to.append('"');
  }
}
