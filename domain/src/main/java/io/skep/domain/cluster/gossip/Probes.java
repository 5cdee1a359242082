package io.skep.domain.cluster.gossip;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/// Whom to probe next, the probe under way, and those under way for others.
final class Probes {
  private final GossipSettings settings;
  private final SplittableRandom random;
  private final Deque<String> ring = new ArrayDeque<>();
  private final Map<Long, Relay> relays = new LinkedHashMap<>();
  private long lastNumber;
  private Probe current;

  /// A probe that has not been answered.
  ///
  /// @param number of the ping
  /// @param helpAtMs when others are to be asked, [Long#MAX_VALUE] if they have been
  /// @param endMs when it has failed
  record Probe(String target, long number, long helpAtMs, long endMs) {}

  /// A probe for somebody else.
  ///
  /// @param number by which the asker knows it
  record Relay(String asker, long number, long endMs) {}

  Probes(GossipSettings settings, SplittableRandom random) {
    this.settings = settings;
    this.random = random;
  }

  /// The next in turn, or `null` if there is nobody. Everybody has a turn before somebody has a
  /// second one, in an order that changes each time.
  Member next(MemberTable members, boolean reachesOnlyListeners) {
    for (boolean filled = false; ; filled = true) {
      while (!ring.isEmpty()) {
        Member member = members.get(ring.poll());
        if (isCandidate(member, reachesOnlyListeners)) return member;
      }
      if (filled) return null;
      fill(members, reachesOnlyListeners);
    }
  }

  private static boolean isCandidate(Member member, boolean reachesOnlyListeners) {
    return member != null
        && member.status().isPresent()
        && (!reachesOnlyListeners || member.address() != null);
  }

  private void fill(MemberTable members, boolean reachesOnlyListeners) {
    var ids = new ArrayList<String>();
    for (Member member : members.all())
      if (isCandidate(member, reachesOnlyListeners)) ids.add(member.id());
    for (int i = ids.size() - 1; i > 0; i--) Collections.swap(ids, i, random.nextInt(i + 1));
    ring.addAll(ids);
  }

  /// The probe under way, or `null`.
  Probe current() {
    return current;
  }

  Probe start(String target, long nowMs) {
    current =
        new Probe(
            target, ++lastNumber, nowMs + settings.probeTimeoutMs(), nowMs + settings.probeMs());
    return current;
  }

  void helpAsked() {
    current = new Probe(current.target(), current.number(), Long.MAX_VALUE, current.endMs());
  }

  void end() {
    current = null;
  }

  /// Gives what is under way more time: this member has been away.
  void postpone(long ms) {
    if (current == null) return;
    long helpAtMs = current.helpAtMs() == Long.MAX_VALUE ? Long.MAX_VALUE : current.helpAtMs() + ms;
    current = new Probe(current.target(), current.number(), helpAtMs, current.endMs() + ms);
  }

  /// For a ping beside the probe under way.
  long nextNumber() {
    return ++lastNumber;
  }

  /// @return the number for a ping on behalf of somebody else
  long relay(String asker, long number, long nowMs) {
    relays.values().removeIf(relay -> relay.endMs() < nowMs);
    relays.put(++lastNumber, new Relay(asker, number, nowMs + settings.probeMs()));
    return lastNumber;
  }

  /// Who asked for the ping of this number, or `null` if nobody did.
  Relay relayed(long number) {
    return relays.remove(number);
  }
}
