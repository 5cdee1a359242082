package io.skep.port.out;

/// What the person who runs this process should read.
public interface OperatorLog {

  void info(String message);

  /// Something that the process copes with, but that should be looked into.
  void warn(String message);

  /// Something that should not happen.
  ///
  /// @param cause `null` if there is none
  void error(String message, Throwable cause);
}
