package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.GossipMessage.Digest;
import io.skep.domain.cluster.gossip.GossipMessage.Sync;
import io.skep.domain.cluster.gossip.GossipMessage.Want;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToAddress;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/// Compares all that is known with what some other member knows, now and then; so a newcomer learns
/// of everybody, and what got lost is made up for.
final class Comparison {
  /// Whoever is alone has little to say, and somebody may wait for it to find the others.
  private static final long MOST_JOIN_RETRY_MS = 1_000;

  private final Standpoint standpoint;
  private final GossipSettings settings;
  private final SplittableRandom random;
  private final List<Address> contactPoints;
  private long nextAtMs;
  private long joinRetryMs;

  Comparison(
      Standpoint standpoint,
      List<Address> contactPoints,
      GossipSettings settings,
      SplittableRandom random,
      long nowMs) {
    this.standpoint = standpoint;
    this.settings = settings;
    this.random = random;
    Address own = standpoint.self().address();
    this.contactPoints = contactPoints.stream().filter(point -> !point.equals(own)).toList();
    this.nextAtMs = nowMs;
    this.joinRetryMs = settings.joinRetryMs();
  }

  long nextAtMs() {
    return nextAtMs;
  }

  void tick(long nowMs) {
    if (nowMs < nextAtMs) return;
    var members = standpoint.members();
    var partner =
        members.pick(
            1,
            member -> member.status() == MemberStatus.ALIVE && standpoint.isReachable(member),
            random);
    if (partner.isEmpty()) {
      contactPoints.forEach(point -> compareWith(new ToAddress(point), List.of()));
      nextAtMs = nowMs + joinRetryMs;
      joinRetryMs = Math.min(2 * joinRetryMs, MOST_JOIN_RETRY_MS);
      return;
    }
    joinRetryMs = settings.joinRetryMs();
    nextAtMs = nowMs + settings.syncMs() - random.nextLong(settings.syncMs() / 4 + 1);
    compareWith(Standpoint.to(partner.getFirst()), List.of());
    lookForTheLost();
  }

  /// After a split of the network both sides take each other for dead, or have forgotten each
  /// other.
  private void lookForTheLost() {
    var members = standpoint.members();
    members
        .pick(1, member -> member.status() == MemberStatus.DEAD && member.address() != null, random)
        .forEach(dead -> compareWith(Standpoint.to(dead), List.of(dead)));
    var silent = contactPoints.stream().filter(point -> !isPresent(point)).toList();
    if (!silent.isEmpty())
      compareWith(new ToAddress(silent.get(random.nextInt(silent.size()))), List.of());
  }

  private boolean isPresent(Address address) {
    for (Member member : standpoint.members().all()) {
      if (member.status().isPresent() && address.equals(member.address())) return true;
    }
    return false;
  }

  private void compareWith(Destination to, List<Member> about) {
    Member self = standpoint.self();
    var digests = new ArrayList<>(standpoint.members().digests());
    digests.add(new Digest(self.id(), self.incarnation(), self.status()));
    var along = new ArrayList<>(about);
    along.add(self);
    standpoint.send(to, along, new Sync(digests));
  }

  /// Sends what is newer here, and asks for what is newer there.
  void answer(ToMember to, Sync sync) {
    var wants = new ArrayList<String>();
    var news = new ArrayList<Member>();
    var mentioned = new HashSet<String>();
    for (Digest digest : sync.digests()) {
      mentioned.add(digest.id());
      Member here = standpoint.record(digest.id());
      if (here == null && !digest.status().isPresent()) continue;
      var there = new Member(digest.id(), null, digest.incarnation(), digest.status(), new byte[0]);
      if (there.supersedes(here)) wants.add(digest.id());
      else if (here.supersedes(there)) news.add(here);
    }
    for (Member here : standpoint.members().all()) {
      if (here.status().isPresent() && !mentioned.contains(here.id())) news.add(here);
    }
    if (!mentioned.contains(standpoint.self().id())) news.add(standpoint.self());
    standpoint.sendNews(to, news);
    if (!wants.isEmpty()) standpoint.send(to, List.of(), new Want(wants));
  }

  void give(ToMember to, List<String> ids) {
    standpoint.sendNews(to, ids.stream().map(standpoint::record).toList());
  }
}
