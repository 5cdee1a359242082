package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.GossipMessage.Ack;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import io.skep.domain.cluster.gossip.GossipMessage.PingRequest;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import java.util.List;
import java.util.SplittableRandom;

/// Finds out who does not answer any more.
final class Prober {
  private final Standpoint standpoint;
  private final GossipSettings settings;
  private final Probes probes;
  private final Helpers helpers;
  private final Disconnections disconnections;
  private long nextProbeAtMs;

  Prober(Standpoint standpoint, GossipSettings settings, SplittableRandom random, long nowMs) {
    this.standpoint = standpoint;
    this.settings = settings;
    this.probes = new Probes(settings, random);
    this.helpers = new Helpers(standpoint, settings, random);
    this.disconnections = new Disconnections(standpoint, settings, probes, helpers);
    this.nextProbeAtMs = nowMs + random.nextLong(settings.probeMs());
  }

  long nextAtMs() {
    var probe = probes.current();
    long next = probe == null ? Long.MAX_VALUE : Math.min(probe.helpAtMs(), probe.endMs());
    long suspicion = standpoint.members().firstSuspicionMs();
    if (suspicion != Long.MAX_VALUE) next = Math.min(next, suspicion + settings.suspicionMs());
    return Math.min(Math.min(next, nextProbeAtMs), disconnections.nextAtMs());
  }

  /// Gives everybody more time who has had no chance to be heard while this process was away.
  void postpone(long ms) {
    standpoint.members().postpone(ms);
    probes.postpone(ms);
    disconnections.postpone(ms);
  }

  void tick(long nowMs) {
    for (Member suspect : standpoint.members().suspectsBefore(nowMs - settings.suspicionMs())) {
      standpoint.learn(suspect.with(MemberStatus.DEAD), false, nowMs);
    }
    disconnections.tick(nowMs);
    goOn(nowMs);
    if (nowMs < nextProbeAtMs) return;
    if (probes.current() != null) {
      nextProbeAtMs = probes.current().endMs();
      return;
    }
    nextProbeAtMs = nowMs + settings.probeMs();
    Member target = probes.next(standpoint.members(), standpoint.self().address() == null);
    if (target != null) ping(target, probes.start(target.id(), nowMs).number());
  }

  private void goOn(long nowMs) {
    var probe = probes.current();
    if (probe == null) return;
    if (nowMs >= probe.endMs()) {
      Member silent = standpoint.members().get(probe.target());
      if (silent != null && silent.status() == MemberStatus.ALIVE) {
        standpoint.learn(silent.with(MemberStatus.SUSPECT), false, nowMs);
      }
      probes.end();
    } else if (nowMs >= probe.helpAtMs()) {
      helpers.ask(probe.target(), probe.number());
      probes.helpAsked();
    }
  }

  private void ping(Member target, long number) {
    // A suspect has to hear that it is one.
    List<Member> about = target.status() == MemberStatus.ALIVE ? List.of() : List.of(target);
    standpoint.send(Standpoint.to(target), about, new Ping(number));
  }

  /// Finds out what it means that a connection broke or could not be made.
  void disconnected(Address address, long nowMs) {
    disconnections.disconnected(address, nowMs);
  }

  /// A message came from somebody who listens.
  void heard(String id) {
    disconnections.heard(id);
  }

  /// Probes on behalf of another.
  void help(String asker, PingRequest request, long nowMs) {
    Member target = standpoint.members().get(request.target());
    if (target != null) ping(target, probes.relay(asker, request.number(), nowMs));
  }

  void acknowledged(long number) {
    var probe = probes.current();
    if (probe != null && probe.number() == number) {
      probes.end();
      return;
    }
    if (disconnections.acknowledged(number)) return;
    var relay = probes.relayed(number);
    if (relay == null) return;
    Member asker = standpoint.members().get(relay.asker());
    var to = new ToMember(relay.asker(), asker == null ? null : asker.address());
    standpoint.send(to, List.of(), new Ack(relay.number()));
  }
}
