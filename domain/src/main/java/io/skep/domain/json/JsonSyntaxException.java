package io.skep.domain.json;

/// Text that is not the JSON that was expected. The message says what was expected, what came, and
/// where.
public final class JsonSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public JsonSyntaxException(String message) {
    super(message);
  }
}
