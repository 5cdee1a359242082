package io.skep.adapter.raft.state;

/// Where a record is: the number of its file in the upper 27 bits, its offset there in the lower
/// 36. A checkpoint each second uses the numbers up in four years, one each minute in 255.
final class Places {
  private static final int OFFSET_BITS = 36;

  /// 64 GiB.
  static final long MAX_FILE_BYTES = 1L << OFFSET_BITS;

  static final int MAX_SEQUENCE = (1 << 27) - 1;

  private Places() {}

  /// @param sequence 0 to [#MAX_SEQUENCE]
  /// @param offset 0 to less than [#MAX_FILE_BYTES]
  static long of(int sequence, long offset) {
    return (long) sequence << OFFSET_BITS | offset;
  }

  static int sequence(long place) {
    return (int) (place >>> OFFSET_BITS);
  }

  static long offset(long place) {
    return place & (MAX_FILE_BYTES - 1);
  }
}
