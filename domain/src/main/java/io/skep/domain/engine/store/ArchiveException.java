package io.skep.domain.engine.store;

/// A part of the state cannot be read back. Not a fault of the turn that needed it: other replicas
/// may run that turn, so this one has to stop.
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
