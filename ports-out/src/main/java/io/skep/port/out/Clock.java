package io.skep.port.out;

/// The time of this machine.
public interface Clock {

  /// Epoch milliseconds. May jump when somebody sets the clock.
  long nowMs();

  /// Nanoseconds for measuring spans. Only differences mean anything.
  long nanoTime();
}
