package io.skep.port.out;

/// What is on disk cannot be used. The message names the file and the way out.
public final class LogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogException(String message, Throwable cause) {
    super(message, cause);
  }
}
