package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import io.skep.domain.cluster.gossip.GossipOutput.Vanished;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds out whether a member whose connection broke is still there.
///
/// A process that ends closes its connections, and nobody takes new ones where it listened. That is
/// known within milliseconds, while silence has to last to mean anything. But connections break for
/// other reasons too; so the member is asked anew, by others as well, and has vanished if the new
/// connection fails like the old one and nobody has had an answer.
final class Disconnections {
  private final Standpoint standpoint;
  private final GossipSettings settings;
  private final Probes probes;
  private final Helpers helpers;

  /// Members that were heard since their connection last broke. Of one that could not be reached
  /// before it means nothing if it still cannot.
  private final Set<String> heard = new HashSet<>();

  private final Map<String, Doubt> doubts = new LinkedHashMap<>();

  /// @param number of the ping
  /// @param answerMs until when somebody may answer
  /// @param endMs when it is left to the probes, unless the new connection has failed before
  /// @param refused whether it has
  private record Doubt(long number, long answerMs, long endMs, boolean refused) {
    long dueMs() {
      return refused ? answerMs : endMs;
    }

    Doubt refused(long nowMs) {
      // Not in the past, or this process would seem to have been away.
      return new Doubt(number, Math.max(answerMs, nowMs), endMs, true);
    }

    Doubt later(long ms) {
      return new Doubt(number, answerMs + ms, endMs + ms, refused);
    }
  }

  Disconnections(Standpoint standpoint, GossipSettings settings, Probes probes, Helpers helpers) {
    this.standpoint = standpoint;
    this.settings = settings;
    this.probes = probes;
    this.helpers = helpers;
  }

  /// A message came from somebody who listens.
  void heard(String id) {
    heard.add(id);
    doubts.remove(id);
  }

  /// A connection that this process has made broke, or could not be made.
  void disconnected(Address address, long nowMs) {
    for (Member member : List.copyOf(standpoint.members().all())) {
      if (member.status().isPresent() && address.equals(member.address())) {
        disconnected(member, nowMs);
      }
    }
  }

  private void disconnected(Member member, long nowMs) {
    Doubt doubt = doubts.get(member.id());
    if (doubt != null) {
      doubts.put(member.id(), doubt.refused(nowMs));
      return;
    }
    if (!heard.remove(member.id())) return;
    long number = probes.nextNumber();
    doubts.put(
        member.id(),
        new Doubt(number, nowMs + settings.doubtMs(), nowMs + settings.probeMs(), false));
    standpoint.send(Standpoint.to(member), List.of(), new Ping(number));
    helpers.ask(member.id(), number);
  }

  /// @return whether it was asked for here
  boolean acknowledged(long number) {
    return doubts.values().removeIf(doubt -> doubt.number() == number);
  }

  long nextAtMs() {
    long next = Long.MAX_VALUE;
    for (Doubt doubt : doubts.values()) next = Math.min(next, doubt.dueMs());
    return next;
  }

  void tick(long nowMs) {
    for (var each : List.copyOf(doubts.entrySet())) {
      if (each.getValue().dueMs() > nowMs) continue;
      doubts.remove(each.getKey());
      // If it is merely silent, that is for the probes to find out.
      if (each.getValue().refused()) vanished(each.getKey(), nowMs);
    }
  }

  private void vanished(String id, long nowMs) {
    Member member = standpoint.members().get(id);
    if (member == null || !member.status().isPresent()) return;
    standpoint.vanished(new Vanished(member));
    if (member.status() == MemberStatus.ALIVE) {
      standpoint.learn(member.with(MemberStatus.SUSPECT), false, nowMs);
    }
  }

  /// Gives everybody more time: this process has been away.
  void postpone(long ms) {
    // Whatever was due first was due just now: what has arrived meanwhile has to be read before.
    doubts.replaceAll((_, doubt) -> doubt.later(ms + settings.doubtMs()));
  }
}
