package io.skep.adapter.bpmn.feel;

/// Text that is no FEEL expression, or one too large to be evaluated safely. The message says what
/// is wrong and where.
public final class FeelSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  public FeelSyntaxException(String message) {
    super(message);
  }
}
