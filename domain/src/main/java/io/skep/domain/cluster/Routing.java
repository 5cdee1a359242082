package io.skep.domain.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Finds the partition that is responsible.
///
/// @param partitionCount 1 to [#MAX_PARTITIONS]
public record Routing(int partitionCount) {
  /// As many as fit into the 13 upper bits of a key that is to be positive: the top bit is the
  /// sign.
  public static final int MAX_PARTITIONS = 4095;

  /// Where deployments are made.
  public static final int DEPLOYMENT_PARTITION = 1;

  private static final int COUNTER_BITS = 51;

  public Routing {
    if (partitionCount < 1 || partitionCount > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "Expected a partition count of 1 to %d, but it is %d"
              .formatted(MAX_PARTITIONS, partitionCount));
    }
  }

  /// A key: the partition in the upper 13 bits, a counter in the lower 51.
  public static long key(int partitionId, long counter) {
    return ((long) partitionId << COUNTER_BITS) + counter;
  }

  /// The partition that made a key. Of a key that no partition made it may be any number, also a
  /// negative one.
  public static int ofKey(long key) {
    return (int) (key >> COUNTER_BITS);
  }

  /// Whether there is a partition of this id.
  public boolean exists(int partitionId) {
    return partitionId >= 1 && partitionId <= partitionCount;
  }

  /// The partition whose turn it is, 1 to the partition count. As many turns in a row as there are
  /// partitions name each of them once.
  ///
  /// @param turn counts on for ever
  public int ofTurn(long turn) {
    return (int) Math.floorMod(turn, (long) partitionCount) + 1;
  }

  /// The partition for messages and subscriptions with this correlation key, 1 to the partition
  /// count.
  ///
  /// Zeebe's rule, which clients can observe: a base-31 hash over the signed UTF-8 bytes. It is
  /// [String#hashCode] for ASCII keys only.
  public int ofCorrelationKey(String correlationKey) {
    int hash = 0;
    for (byte b : correlationKey.getBytes(UTF_8)) hash = 31 * hash + b;
    return Math.abs(hash % partitionCount) + 1;
  }
}
