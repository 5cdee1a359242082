package io.skep.port.in;

import java.time.Duration;

/// When a disk counts as full.
///
/// @param isWatched whether anybody looks; if not, there always is enough room
/// @param interval how often to look
/// @param processingBytes with less than this free, commands are refused
/// @param replicationBytes with less than this free, nothing is taken from leaders either; less
///   than `processingBytes`
public record DiskSettings(
    boolean isWatched, Duration interval, long processingBytes, long replicationBytes) {

  public DiskSettings {
    if (replicationBytes < 0 || replicationBytes >= processingBytes) {
      throw new IllegalArgumentException(
          "Expected 0 or more bytes for replication and less than for processing, but they are %d and %d"
              .formatted(replicationBytes, processingBytes));
    }
    if (isWatched && !interval.isPositive()) {
      throw new IllegalArgumentException(
          "Expected the disk to be looked at each so often, but the interval is %s"
              .formatted(interval));
    }
  }

  /// For a disk that nobody looks at.
  public static DiskSettings unwatched() {
    return new DiskSettings(false, Duration.ZERO, 1, 0);
  }
}
