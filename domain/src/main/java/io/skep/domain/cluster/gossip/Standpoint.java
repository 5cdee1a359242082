package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.gossip.GossipMessage.News;
import io.skep.domain.cluster.gossip.GossipMessage.Push;
import io.skep.domain.cluster.gossip.GossipOutput.Changed;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import io.skep.domain.cluster.gossip.GossipOutput.IdTaken;
import io.skep.domain.cluster.gossip.GossipOutput.Send;
import io.skep.domain.cluster.gossip.GossipOutput.Vanished;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What one member says of itself and believes of others, and how it lets them know.
final class Standpoint {
  /// How often another process of the same id must come back before it is taken for more than old
  /// news.
  private static final int CONTESTS = 3;

  private final String cluster;
  private final GossipSettings settings;
  private final MemberTable members = new MemberTable();
  private final Rumors rumors;
  private final Pushes pushes;
  private Member self;
  private int contests;
  private long pushedIncarnation = Long.MIN_VALUE;
  private long nextPushAtMs;
  private List<GossipOutput> outputs = new ArrayList<>();

  Standpoint(String cluster, Member self, GossipSettings settings, long nowMs) {
    this.cluster = cluster;
    this.self = self;
    this.settings = settings;
    this.rumors = new Rumors(settings.newsBytes());
    this.pushes = new Pushes(settings);
    this.nextPushAtMs = nowMs;
  }

  Member self() {
    return self;
  }

  MemberTable members() {
    return members;
  }

  /// The record of a member, this one included, or `null`.
  Member record(String id) {
    return id.equals(self.id()) ? self : members.get(id);
  }

  /// Whether a connection can be made, or could be by the other one.
  boolean isReachable(Member member) {
    return member.status().isPresent() && (member.address() != null || self.address() != null);
  }

  // ---- what is believed

  /// Takes in a record.
  ///
  /// @param ownWord whether it came straight from whom it is about
  void learn(Member update, boolean ownWord, long nowMs) {
    if (update.id().equals(self.id())) {
      defend(update);
      return;
    }
    Member before = members.get(update.id());
    // Nobody has to hear of the death of somebody unknown: the dead would be handed round for ever.
    if (before == null && !update.status().isPresent()) return;
    if (!members.merge(update, nowMs)) return;
    outputs.add(new Changed(update));
    boolean isNew = before == null || !before.status().isPresent();
    boolean hasMoved = !isNew && !Objects.equals(before.address(), update.address());
    // Its owner sees to it that everybody hears of it. But if it seems to have moved, somebody at
    // its former place may
    // object.
    if (!ownWord || hasMoved) rumors.start(update.id(), members.present());
    if ((isNew || hasMoved) && update.status().isPresent()) pushes.reset(update.id());
  }

  /// Contradicts what others believe of this member.
  private void defend(Member update) {
    boolean wrong =
        update.status() != MemberStatus.ALIVE && update.incarnation() >= self.incarnation();
    boolean foreign = update.incarnation() > self.incarnation();
    if (!wrong && !foreign || self.status() == MemberStatus.LEFT) return;
    change(update.incarnation() + 1, self.status(), self.profile());
    if (foreign && ++contests >= CONTESTS) outputs.add(new IdTaken(update));
  }

  void vanished(Vanished member) {
    outputs.add(member);
  }

  // ---- this member's own record

  void publish(byte[] profile) {
    change(self.incarnation() + 1, self.status(), profile);
  }

  void leave(long nowMs) {
    change(self.incarnation() + 1, MemberStatus.LEFT, self.profile());
    nextPushAtMs = nowMs;
  }

  private void change(long incarnation, MemberStatus status, byte[] profile) {
    self = new Member(self.id(), self.address(), incarnation, status, profile);
  }

  /// Tells those who have not acknowledged the own record, unless they were told a moment ago.
  void push(long nowMs) {
    boolean fresh = self.incarnation() != pushedIncarnation;
    if (fresh && nowMs < nextPushAtMs) return;
    if (fresh) {
      pushedIncarnation = self.incarnation();
      nextPushAtMs = nowMs + settings.pushGapMs();
    }
    for (Member member : List.copyOf(members.all())) {
      if (!isReachable(member) || !pushes.isDue(member.id(), self.incarnation(), nowMs)) continue;
      int attempts = pushes.pushed(member.id(), self.incarnation(), nowMs);
      if (attempts == Pushes.ATTEMPTS_BEFORE_RUMOR) rumors.start(self.id(), members.present());
      send(to(member), List.of(self), new Push(self.incarnation()));
    }
  }

  void pushAcknowledged(String id, long incarnation) {
    pushes.acknowledged(id, incarnation);
  }

  /// When to push next, [Long#MAX_VALUE] if everybody knows.
  long nextPushAtMs() {
    long next = Long.MAX_VALUE;
    for (Member member : members.all()) {
      if (!isReachable(member)) continue;
      long push = pushes.nextAtMs(member.id(), self.incarnation());
      next = Math.min(next, push == Long.MIN_VALUE ? nextPushAtMs : push);
    }
    return next;
  }

  // ---- out

  static ToMember to(Member member) {
    return new ToMember(member.id(), member.address());
  }

  /// @param about records that must go along
  void send(Destination to, List<Member> about, GossipMessage message) {
    var news = new ArrayList<>(about);
    for (Member rumor : rumors.take(this::record)) if (!news.contains(rumor)) news.add(rumor);
    var envelope = new Envelope(cluster, self.id(), self.address(), List.copyOf(news), message);
    outputs.add(new Send(to, envelope));
  }

  /// Sends records, in as many messages as it takes.
  ///
  /// @param news may hold `null`, which is left out
  void sendNews(ToMember to, List<Member> news) {
    var batch = new ArrayList<Member>();
    int bytes = 0;
    for (Member member : news) {
      if (member == null) continue;
      if (!batch.isEmpty() && bytes + member.bytes() > settings.newsBytes()) {
        send(to, List.copyOf(batch), new News());
        batch.clear();
        bytes = 0;
      }
      batch.add(member);
      bytes += member.bytes();
    }
    if (!batch.isEmpty()) send(to, List.copyOf(batch), new News());
  }

  /// What there is to be done since the last time.
  List<GossipOutput> takeOutputs() {
    var taken = outputs;
    outputs = new ArrayList<>();
    return taken;
  }
}
