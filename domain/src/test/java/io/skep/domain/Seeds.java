package io.skep.domain;

import java.util.SplittableRandom;

/// Tries a property with many draws. What a seed draws is drawn again by `-Dseed=`.
public final class Seeds {
  private Seeds() {}

  /// What has to hold of whatever is drawn.
  @FunctionalInterface
  public interface Property {
    void check(SplittableRandom random) throws Exception;
  }

  /// Tries a property, once if a seed is given.
  ///
  /// @param tries how often
  /// @throws AssertionError that names the seed, if it does not hold
  public static void of(int tries, Property property) {
    Long repeated = Long.getLong("seed");
    long first = repeated == null ? System.nanoTime() : repeated;
    for (int i = 0; i < (repeated == null ? tries : 1); i++) {
      long seed = first + i;
      try {
        property.check(new SplittableRandom(seed));
      } catch (Exception | AssertionError e) {
        throw new AssertionError("Repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }
}
