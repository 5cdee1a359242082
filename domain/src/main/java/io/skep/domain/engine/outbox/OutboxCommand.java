package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Command;
import java.util.List;

/// How partitions talk to each other: numbered messages, each of which takes effect once.
public sealed interface OutboxCommand extends Command {

  /// Messages of another partition, in the order of their numbers and without gaps.
  ///
  /// @param firstNumber the number of the first of them, 1 or more
  record ReceiveMessages(int fromPartition, long firstNumber, List<Command> messages)
      implements OutboxCommand {}

  /// One message of another partition takes effect. Never comes from outside.
  ///
  /// @param number the one after the highest that was received
  record TakeMessage(int fromPartition, long number, Command message) implements OutboxCommand {}

  /// One message of another partition met a fault in the engine. It counts as received, or it would
  /// come again for ever and keep those behind it from coming. Never comes from outside.
  ///
  /// @param number as in [TakeMessage]
  record RefuseMessage(int fromPartition, long number, Command message, String fault)
      implements OutboxCommand {}

  /// The other partition has all messages up to this number.
  record AcknowledgeMessages(int toPartition, long upToNumber) implements OutboxCommand {}
}
