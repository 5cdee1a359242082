package io.skep.domain.engine.store;

/// Spreads numbers that are near each other over all that a `long` can be: Fibonacci hashing, as in
/// Knuth's The Art of Computer Programming, volume 3, section 6.4. Its upper bits are those to use.
///
/// Logs are replayed with seeds made by it: its values must never change.
public final class FibonacciHash {
  /// 2^64 divided by the golden ratio. It is odd, so no two numbers have the same hash.
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private FibonacciHash() {}

  public static long of(long number) {
    return number * FACTOR;
  }
}
