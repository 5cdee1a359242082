package io.skep.domain.cluster.gossip;

/// What is believed of a member. Of two beliefs about the same incarnation the later one here
/// counts.
public enum MemberStatus {
  ALIVE,
  /// Did not answer. Counts as alive until it has had time to object.
  SUSPECT,
  DEAD,
  /// Said good-bye.
  LEFT;

  /// Whether it should still be treated as a part of the cluster.
  public boolean isPresent() {
    return this == ALIVE || this == SUSPECT;
  }
}
