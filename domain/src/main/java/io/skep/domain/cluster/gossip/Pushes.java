package io.skep.domain.cluster.gossip;

import java.util.LinkedHashMap;
import java.util.Map;

/// Who has acknowledged which incarnation of this member's own record, and when to tell the others
/// again.
final class Pushes {
  /// After so many attempts the record goes round as a rumor as well: perhaps others can reach whom
  /// we cannot.
  static final int ATTEMPTS_BEFORE_RUMOR = 3;

  private final GossipSettings settings;
  private final Map<String, State> byMember = new LinkedHashMap<>();

  Pushes(GossipSettings settings) {
    this.settings = settings;
  }

  private static final class State {
    private long acknowledged = Long.MIN_VALUE;
    private long pushed = Long.MIN_VALUE;
    private long nextAtMs;
    private int attempts;
  }

  /// Whether a member has to be told now.
  boolean isDue(String id, long incarnation, long nowMs) {
    State state = byMember.computeIfAbsent(id, _ -> new State());
    if (state.acknowledged == incarnation) return false;
    return state.pushed != incarnation || nowMs >= state.nextAtMs;
  }

  /// @return how often this incarnation has been pushed to this member
  int pushed(String id, long incarnation, long nowMs) {
    State state = byMember.computeIfAbsent(id, _ -> new State());
    if (state.pushed != incarnation) state.attempts = 0;
    state.pushed = incarnation;
    long backoffMs = settings.pushRetryMs() << Math.min(state.attempts, 16);
    state.nextAtMs = nowMs + Math.min(backoffMs, settings.syncMs());
    return ++state.attempts;
  }

  void acknowledged(String id, long incarnation) {
    State state = byMember.get(id);
    if (state != null) state.acknowledged = Math.max(state.acknowledged, incarnation);
  }

  /// It is another process now, or was away: what it knew may be gone.
  void reset(String id) {
    byMember.remove(id);
  }

  /// When to look again for this member.
  long nextAtMs(String id, long incarnation) {
    State state = byMember.get(id);
    if (state == null || (state.acknowledged != incarnation && state.pushed != incarnation))
      return Long.MIN_VALUE;
    return state.acknowledged == incarnation ? Long.MAX_VALUE : state.nextAtMs;
  }
}
