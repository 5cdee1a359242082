package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Event;

/// What has become of messages between partitions.
public sealed interface OutboxEvent extends Event {

  /// A message for another partition.
  ///
  /// @param key always -1
  /// @param number counts from 1 for each partition
  record MessageSent(long key, int toPartition, long number, Command message)
      implements OutboxEvent {}

  /// The other partition has all messages up to this number.
  ///
  /// @param key always -1
  record MessagesAcknowledged(long key, int toPartition, long upToNumber) implements OutboxEvent {}

  /// The next message of another partition takes effect here.
  ///
  /// @param key always -1
  record MessageReceived(long key, int fromPartition, long number) implements OutboxEvent {}
}
