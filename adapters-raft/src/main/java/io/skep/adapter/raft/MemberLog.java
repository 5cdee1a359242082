package io.skep.adapter.raft;

import io.skep.port.out.PartitionLog;
import java.util.Collection;

/// A partition's log, as this broker's part of the cluster sees it.
interface MemberLog extends PartitionLog {

  /// Has a follower that came back with an empty log catch up.
  default void writeNothing() {}

  /// A broker's process has ended. See [Succession#vanished].
  default void vanished(int nodeId, Collection<Integer> present) {}

  /// @throws IllegalArgumentException if there is nothing in it, or more than an entry may hold
  default void checkSize(byte[] content) {
    if (content.length > 0 && content.length <= maxEntryBytes()) return;
    throw new IllegalArgumentException(
        "Expected an entry of 1 to %d bytes, but it has %d"
            .formatted(maxEntryBytes(), content.length));
  }
}
