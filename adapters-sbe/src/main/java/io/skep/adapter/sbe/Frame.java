package io.skep.adapter.sbe;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.port.out.Reply;

/// What one end of a connection gets from the other.
sealed interface Frame {

  /// Introduces the peer.
  record Hello(int protocolVersion, String clusterName, String memberName) implements Frame {}

  /// The peer is going to close the connection.
  record Goodbye(GoodbyeReason reason, String message) implements Frame {}

  /// The peer is alive.
  record Heartbeat() implements Frame {}

  /// @param timeoutMs after which the peer does not wait any more, 0 if it does not say
  /// @param command not looked into yet
  record Request(long requestId, int partitionId, long timeoutMs, byte[] command)
      implements Frame {}

  record Replied(long requestId, Reply reply) implements Frame {}

  record JobsAvailable(int partitionId, String jobType) implements Frame {}

  /// A request or reply of which only the id could be read.
  record Broken(long requestId, String why) implements Frame {}

  /// Something that leaves nothing to hold on to.
  record Garbage(String why) implements Frame {}
}
