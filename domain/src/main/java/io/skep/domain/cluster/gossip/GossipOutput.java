package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;

/// What [Gossip] wants done, or has found out.
public sealed interface GossipOutput {

  /// Send this. It may get lost.
  record Send(Destination to, Envelope envelope) implements GossipOutput {}

  /// Something about another member has changed.
  record Changed(Member member) implements GossipOutput {}

  /// A member's process has ended, as far as can be told: its connection broke, it takes no new
  /// one, and nobody gets an answer from it. Comes long before it is taken for dead, and may be
  /// wrong.
  record Vanished(Member member) implements GossipOutput {}

  /// Another process uses this member's id: it comes back however often it is contradicted.
  ///
  /// @param member the other one's record
  record IdTaken(Member member) implements GossipOutput {}

  /// Where to.
  sealed interface Destination {

    /// To a member: over a connection that it has opened, or to its address if it has one.
    ///
    /// @param address where it listens, or `null` if it does not
    record ToMember(String id, Address address) implements Destination {}

    /// To whoever listens there.
    record ToAddress(Address address) implements Destination {}
  }
}
