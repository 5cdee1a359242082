package io.skep.port.out;

/// Runs things later.
public interface Scheduler {

  /// Runs a task once, not before the delay is over. Tasks must be short: they share one thread.
  ///
  /// @param delayMs 0 or more
  Cancellable schedule(long delayMs, Runnable task);

  /// Something that was arranged and can be called off.
  interface Cancellable {
    /// Calls it off if it has not begun. Harmless otherwise.
    void cancel();
  }
}
