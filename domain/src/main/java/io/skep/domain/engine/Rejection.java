package io.skep.domain.engine;

/// Why a command was refused. Nothing has changed.
///
/// @param message reads "Expected to X, but Y" and quotes the values
public record Rejection(Reason reason, String message) implements Answer {

  /// The reasons by their names in the record stream.
  public enum Reason {
    INVALID_ARGUMENT,
    NOT_FOUND,
    ALREADY_EXISTS,
    INVALID_STATE,
    /// A bug: the turn was undone.
    PROCESSING_ERROR,
    EXCEEDED_BATCH_RECORD_SIZE
  }
}
