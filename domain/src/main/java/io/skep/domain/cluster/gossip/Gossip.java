package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.GossipMessage.Ack;
import io.skep.domain.cluster.gossip.GossipMessage.News;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import io.skep.domain.cluster.gossip.GossipMessage.PingRequest;
import io.skep.domain.cluster.gossip.GossipMessage.Push;
import io.skep.domain.cluster.gossip.GossipMessage.PushAck;
import io.skep.domain.cluster.gossip.GossipMessage.Sync;
import io.skep.domain.cluster.gossip.GossipMessage.Want;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/// One member's part in finding out who is in the cluster, who is alive, and what each says of
/// itself.
///
/// SWIM (Das, Gupta, Motivala 2002): in each span a member probes one other, by help of others if
/// need be; who does not answer is suspected, and dead if it does not object in time. News goes
/// along with the probes. Two things are added, because clusters are small and a new leader should
/// be known within milliseconds: a member pushes a change of its own record to all others at once,
/// and repeats it until they acknowledge it; and now and then two members compare all they know, so
/// that whatever was missed is made up for, also after the network had been split.
///
/// Knows no clock, no thread and no network: it is told the time and what arrives, and gives back
/// what to send. The time may begin anywhere but must not go back. Not thread-safe.
public final class Gossip {
  private final String cluster;
  private final GossipSettings settings;
  private final Standpoint standpoint;
  private final Prober prober;
  private final Comparison comparison;

  /// @param self this member as it is now; its incarnation must be higher than in any earlier life,
  ///   so epoch milliseconds will do. If that fails it learns of its earlier life from others, and
  ///   contradicts
  /// @param contactPoints where somebody may listen who knows others; may hold this member's own
  ///   address
  public Gossip(
      String cluster,
      Member self,
      List<Address> contactPoints,
      GossipSettings settings,
      SplittableRandom random,
      long nowMs) {
    this.cluster = cluster;
    this.settings = settings;
    this.standpoint = new Standpoint(cluster, self, settings, nowMs);
    this.prober = new Prober(standpoint, settings, random, nowMs);
    this.comparison = new Comparison(standpoint, contactPoints, settings, random, nowMs);
  }

  public Member self() {
    return standpoint.self();
  }

  /// All that are known, the dead not yet forgotten among them.
  public Collection<Member> others() {
    return List.copyOf(standpoint.members().all());
  }

  /// When [#tick] should be called, if nothing else happens before.
  public long nextTickAtMs() {
    return Math.min(Math.min(prober.nextAtMs(), comparison.nextAtMs()), standpoint.nextPushAtMs());
  }

  /// Does what is due.
  public List<GossipOutput> tick(long nowMs) {
    long lateMs = nowMs - nextTickAtMs();
    if (lateMs >= settings.probeTimeoutMs()) prober.postpone(lateMs);
    prober.tick(nowMs);
    standpoint.members().forgetBefore(nowMs - settings.forgetMs());
    comparison.tick(nowMs);
    standpoint.push(nowMs);
    return standpoint.takeOutputs();
  }

  /// Takes a message.
  public List<GossipOutput> receive(long nowMs, Envelope envelope) {
    if (!envelope.cluster().equals(cluster) || envelope.from().equals(self().id()))
      return List.of();
    if (envelope.fromAddress() != null) prober.heard(envelope.from());
    boolean ownWord = envelope.message() instanceof Push;
    for (Member update : envelope.news()) {
      standpoint.learn(update, ownWord && update.id().equals(envelope.from()), nowMs);
    }
    answer(envelope, nowMs);
    standpoint.push(nowMs);
    return standpoint.takeOutputs();
  }

  private void answer(Envelope envelope, long nowMs) {
    String from = envelope.from();
    // Not to where it used to be: it may have moved, and have come back with a lower incarnation.
    var to = new ToMember(from, envelope.fromAddress());
    Member sender = standpoint.members().get(from);
    // Somebody who is taken for dead and talks has to hear of it to object.
    List<Member> about =
        sender == null || sender.status() == MemberStatus.ALIVE ? List.of() : List.of(sender);
    switch (envelope.message()) {
      case Ping(long number) -> standpoint.send(to, about, new Ack(number));
      case PingRequest request -> prober.help(from, request, nowMs);
      case Ack(long number) -> prober.acknowledged(number);
      case Push(long incarnation) -> standpoint.send(to, about, new PushAck(incarnation));
      case PushAck(long incarnation) -> standpoint.pushAcknowledged(from, incarnation);
      case Sync sync -> comparison.answer(to, sync);
      case Want(List<String> ids) -> comparison.give(to, ids);
      case News() -> {}
    }
  }

  /// Takes that a connection to somebody who listens there broke, or could not be made. What is not
  /// told is found out by probing, a second later.
  public List<GossipOutput> disconnected(long nowMs, Address address) {
    prober.disconnected(address, nowMs);
    return standpoint.takeOutputs();
  }

  /// Changes what this member says of itself.
  public List<GossipOutput> publish(long nowMs, byte[] profile) {
    standpoint.publish(profile);
    standpoint.push(nowMs);
    return standpoint.takeOutputs();
  }

  /// Says good-bye. Nothing more should be asked of this object.
  public List<GossipOutput> leave(long nowMs) {
    standpoint.leave(nowMs);
    standpoint.push(nowMs);
    return standpoint.takeOutputs();
  }
}
