package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;

/// What is known of a member: its own word, and what others believe.
///
/// @param id tells it from all others
/// @param address where it listens, or `null` if it does not and only connects to others
/// @param incarnation grows with each change that the member makes to its own record, across
///   restarts
/// @param profile what the member says of itself, not to be written to. Members hand it on unread,
///   so that a newer version can say more than an older one in between understands
public record Member(
    String id, Address address, long incarnation, MemberStatus status, byte[] profile) {

  /// Whether this is news to somebody who has the other.
  boolean supersedes(Member other) {
    if (other == null) return true;
    if (incarnation != other.incarnation) return incarnation > other.incarnation;
    return status.compareTo(other.status) > 0;
  }

  Member with(MemberStatus changed) {
    return new Member(id, address, incarnation, changed, profile);
  }

  /// Roughly how much room it takes in a message.
  int bytes() {
    return 48 + id.length() + profile.length;
  }
}
