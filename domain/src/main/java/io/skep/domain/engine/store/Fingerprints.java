package io.skep.domain.engine.store;

/// Makes numbers that stand for texts in indexes, which then need not keep the texts. Different
/// texts hardly ever have the same number, but they may: whoever finds something by one has to see
/// whether it is what was meant.
public final class Fingerprints {
  private static final long FIRST = FibonacciHash.of(1);

  private final long mask;

  public Fingerprints() {
    this(Long.SIZE);
  }

  /// @param bits how many of a number may be other than 0, 0 to 64: few for those who want to see
  ///   what happens when texts have the same
  public Fingerprints(int bits) {
    mask = bits == 0 ? 0 : -1L >>> Long.SIZE - bits;
  }

  public long of(String text) {
    return and(FIRST, text);
  }

  /// That of the texts which a fingerprint stands for, and one more.
  public long and(long fingerprint, String text) {
    long hash = mixed(fingerprint, text.length());
    for (int i = 0; i < text.length(); i++) hash = mixed(hash, text.charAt(i));
    return hash & mask;
  }

  /// That of the texts which a fingerprint stands for, and a number.
  public long and(long fingerprint, long number) {
    return mixed(fingerprint, number) & mask;
  }

  private static long mixed(long hash, long more) {
    long product = FibonacciHash.of(hash ^ more);
    return product ^ product >>> 32;
  }
}
