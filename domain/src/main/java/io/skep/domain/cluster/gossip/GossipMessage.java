package io.skep.domain.cluster.gossip;

import java.util.List;

/// What members say to each other.
public sealed interface GossipMessage {

  /// Are you there? Answered with an [Ack] of the same number.
  record Ping(long number) implements GossipMessage {}

  /// Ask this member whether it is there, I cannot reach it. Answered with an [Ack] of the same
  /// number if it is.
  record PingRequest(long number, String target) implements GossipMessage {}

  record Ack(long number) implements GossipMessage {}

  /// My record has changed, it is among the news. Answered with a [PushAck], and repeated until
  /// then.
  record Push(long incarnation) implements GossipMessage {}

  record PushAck(long incarnation) implements GossipMessage {}

  /// This is all that I know, in short. Answered with what is newer where it arrives, as [News],
  /// and with a [Want] of what is older there.
  record Sync(List<Digest> digests) implements GossipMessage {}

  /// Tell me what you have of these. Answered with [News].
  record Want(List<String> ids) implements GossipMessage {}

  /// Nothing but what comes along with each message.
  record News() implements GossipMessage {}

  /// A member's record in short.
  record Digest(String id, long incarnation, MemberStatus status) {}
}
