package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Text that is not the JSON that was expected. The message says what was expected, what came, and
/// where.
public final class JsonSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /// Documents can have megabytes; the message quotes only their beginning.
  private static final int QUOTED_BYTES = 200;

  public JsonSyntaxException(String message) {
    super(message);
  }

  /// Something else than expected at a place in a text.
  static JsonSyntaxException at(byte[] text, int at, String expected) {
    int lineStart = 0;
    int line = 1;
    for (int i = 0; i < at; i++) {
      if (text[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    var quoted = new String(text, 0, Math.min(text.length, QUOTED_BYTES), UTF_8);
    return new JsonSyntaxException(
        "Invalid JSON value: %s%s\nExpected %s at line %d, column %d, but got %s"
            .formatted(
                quoted,
                text.length > QUOTED_BYTES ? "..." : "",
                expected,
                line,
                new String(text, lineStart, at - lineStart, UTF_8).length() + 1,
                at < text.length ? "'" + characterAt(text, at) + "'" : "the end of the text"));
  }

  private static String characterAt(byte[] text, int at) {
    var rest = new String(text, at, Math.min(4, text.length - at), UTF_8);
    return rest.substring(0, rest.offsetByCodePoints(0, 1));
  }
}
