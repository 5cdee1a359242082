package io.skep.simulation;

import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.Replica;
import io.skep.simulation.Disk.Entry;
import io.skep.simulation.RaftMessage.*;
import io.skep.simulation.Tally.What;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// One replica's part in replicating a partition: Raft as the paper has it, with what it promises
/// and nothing more. In particular an old leader takes itself for the leader until it hears
/// otherwise.
final class RaftMember implements PartitionLog {
  private static final long TICK_MS = 100;
  private static final long ELECTION_MS = 400;
  private static final int ENTRIES_AT_ONCE = 16;

  private final int nodeId;
  private final int members;
  private final Machine machine;
  private final SplittableRandom random;
  private final Disk disk;
  private final Replica replica;
  private final BiConsumer<Integer, RaftMessage> sender;
  private final LogObserver observer;
  private final Set<Bug> bugs;
  private final Applier applier;

  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final Set<Integer> votes = new LinkedHashSet<>();

  /// What this member proposed in this term, by index.
  private final TreeMap<Long, Proposal> proposals = new TreeMap<>();

  private Role role = Role.FOLLOWER;
  private int leader = -1;
  private long committedIndex;
  private long electionAtMs;

  /// The entry by which it began to lead; [#serving] once that was applied.
  private long firstOfTerm;

  private boolean serving;

  /// Whether it stands because the leader wanted it to.
  private boolean handedOver;

  private enum Role {
    FOLLOWER,
    CANDIDATE,
    LEADER
  }

  /// What a leader knows of a follower.
  private static final class Peer {
    long nextIndex;
    long matchIndex;
    long heardMs;
  }

  /// Sees what replicas come to.
  interface LogObserver {
    void snapshot(long index, Image state);

    void happened(What what);
  }

  RaftMember(
      int nodeId,
      int members,
      Machine machine,
      SplittableRandom random,
      Disk disk,
      Replica replica,
      BiConsumer<Integer, RaftMessage> sender,
      LogObserver observer,
      Set<Bug> bugs) {
    this.nodeId = nodeId;
    this.members = members;
    this.machine = machine;
    this.random = random;
    this.disk = disk;
    this.replica = replica;
    this.sender = sender;
    this.observer = observer;
    this.bugs = bugs;
    for (int node = 0; node < members; node++) if (node != nodeId) peers.put(node, new Peer());
    applier = new Applier(machine, random, disk, replica, observer, this::applied, bugs);
    committedIndex = applier.appliedIndex();
    postponeElection();
    machine.schedule(random.nextLong(TICK_MS), this::tick);
  }

  private long nowMs() {
    return machine.nanoTime() / 1_000_000;
  }

  private int majority() {
    return members / 2 + 1;
  }

  private void postponeElection() {
    electionAtMs = nowMs() + ELECTION_MS + random.nextLong(ELECTION_MS);
  }

  private void tick() {
    machine.schedule(TICK_MS, this::tick);
    if (role == Role.LEADER) {
      long heard =
          peers.values().stream().filter(p -> nowMs() - p.heardMs < 2 * ELECTION_MS).count();
      // Whoever leads without a majority steps down: clients should look elsewhere.
      if (heard + 1 < majority()) follow();
      else peers.keySet().forEach(this::append);
    } else if (nowMs() >= electionAtMs) {
      stand();
    }
  }

  // ---- elections

  private void stand() {
    role = Role.CANDIDATE;
    handedOver = false;
    leader = -1;
    disk.term++;
    disk.votedFor = nodeId;
    votes.clear();
    votes.add(nodeId);
    postponeElection();
    var vote = new Vote(disk.term, nodeId, disk.lastIndex(), disk.lastTerm());
    for (int peer : peers.keySet()) sender.accept(peer, vote);
    if (votes.size() >= majority()) lead();
  }

  private void lead() {
    role = Role.LEADER;
    leader = nodeId;
    serving = false;
    disk.append(new Entry(disk.term, null));
    firstOfTerm = disk.lastIndex();
    for (Peer peer : peers.values()) {
      peer.nextIndex = firstOfTerm;
      peer.matchIndex = 0;
      peer.heardMs = nowMs();
    }
    sync(this::commit);
    peers.keySet().forEach(this::append);
  }

  private void follow() {
    boolean led = role == Role.LEADER;
    role = Role.FOLLOWER;
    postponeElection();
    if (!led) return;
    if (leader == nodeId) leader = -1;
    if (serving) replica.notLeading();
    serving = false;
    var failed = new ArrayList<>(proposals.values());
    proposals.clear();
    for (Proposal proposal : failed) proposal.failed(Failure.LEAD_LOST);
  }

  /// Somebody who wants it lets another lead, as on a rebalancing.
  void stepDown() {
    if (role == Role.LEADER) follow();
  }

  /// Hands the lead over in a pause between entries, as brokers do that balance their leads.
  void handOver() {
    if (!serving) return;
    replica.hold();
    handOver(nowMs() + ELECTION_MS, disk.term);
  }

  private void handOver(long untilMs, long term) {
    if (!serving || disk.term != term) return;
    if (nowMs() >= untilMs) {
      replica.release();
      return;
    }
    if (replica.isDrained()) {
      int heir = -1;
      for (var peer : peers.entrySet())
        if (peer.getValue().matchIndex == disk.lastIndex()) heir = peer.getKey();
      if (heir >= 0) sender.accept(heir, new Lead(term, nodeId));
    }
    machine.schedule(20, () -> handOver(untilMs, term));
  }

  void receive(RaftMessage message) {
    if (message.term() > disk.term) {
      disk.term = message.term();
      disk.votedFor = -1;
      follow();
    }
    switch (message) {
      case Vote vote -> vote(vote);
      case Voted(long term, int from, boolean granted) -> {
        if (role != Role.CANDIDATE || term != disk.term || !granted) return;
        votes.add(from);
        if (votes.size() >= majority()) lead();
      }
      case Append append -> append(append);
      case Appended appended -> appended(appended);
      case Install install -> install(install);
      case Lead(long term, _) -> {
        if (term != disk.term || role != Role.FOLLOWER) return;
        stand();
        handedOver = true;
      }
    }
  }

  private void vote(Vote vote) {
    boolean newer =
        vote.lastTerm() > disk.lastTerm()
            || vote.lastTerm() == disk.lastTerm() && vote.lastIndex() >= disk.lastIndex();
    boolean granted =
        vote.term() == disk.term && newer && (disk.votedFor == -1 || disk.votedFor == vote.from());
    if (granted) {
      disk.votedFor = vote.from();
      postponeElection();
    }
    sender.accept(vote.from(), new Voted(disk.term, nodeId, granted));
  }

  // ---- replication

  private void append(int to) {
    Peer peer = peers.get(to);
    if (peer.nextIndex <= disk.baseIndex()) {
      long index = disk.snapshotIndex;
      var install = new Install(disk.term, nodeId, index, disk.termAt(index), disk.snapshot);
      sender.accept(to, install);
      return;
    }
    long previous = peer.nextIndex - 1;
    sender.accept(
        to,
        new Append(
            disk.term,
            nodeId,
            previous,
            disk.termAt(previous),
            disk.from(peer.nextIndex, ENTRIES_AT_ONCE),
            committedIndex));
  }

  private void append(Append append) {
    if (append.term() < disk.term) {
      sender.accept(append.from(), new Appended(disk.term, nodeId, false, disk.lastIndex()));
      return;
    }
    role = Role.FOLLOWER;
    leader = append.from();
    postponeElection();
    long previous = append.previousIndex();
    boolean fits =
        previous <= disk.lastIndex()
            && (previous < disk.baseIndex() || disk.termAt(previous) == append.previousTerm());
    if (!fits) {
      long hint = Math.min(disk.lastIndex(), previous - 1);
      sender.accept(leader, new Appended(disk.term, nodeId, false, hint));
      return;
    }
    long index = previous;
    for (Entry entry : append.entries()) {
      if (++index <= disk.baseIndex()) continue;
      if (index <= disk.lastIndex()) {
        if (disk.termAt(index) == entry.term()) continue;
        disk.truncateFrom(index);
      }
      disk.append(entry);
    }
    long has = index;
    long term = disk.term;
    committedIndex = Math.max(committedIndex, Math.min(append.committedIndex(), has));
    sync(() -> sender.accept(append.from(), new Appended(term, nodeId, true, has)));
    applier.commit(committedIndex);
  }

  private void appended(Appended appended) {
    if (role != Role.LEADER || appended.term() != disk.term) return;
    Peer peer = peers.get(appended.from());
    peer.heardMs = nowMs();
    if (appended.accepted()) {
      peer.matchIndex = Math.max(peer.matchIndex, appended.index());
      peer.nextIndex = Math.max(peer.nextIndex, peer.matchIndex + 1);
      commit();
      if (peer.nextIndex <= disk.lastIndex()) append(appended.from());
    } else {
      peer.nextIndex =
          Math.max(peer.matchIndex + 1, Math.min(peer.nextIndex - 1, appended.index() + 1));
      append(appended.from());
    }
  }

  private void install(Install install) {
    if (install.term() < disk.term) return;
    role = Role.FOLLOWER;
    leader = install.from();
    postponeElection();
    if (install.index() > committedIndex) {
      disk.install(install.snapshot(), install.index(), install.indexTerm());
      committedIndex = install.index();
      applier.restart();
      observer.happened(What.SNAPSHOTS_INSTALLED);
    }
    long term = disk.term;
    sync(() -> sender.accept(install.from(), new Appended(term, nodeId, true, install.index())));
  }

  /// Makes all that was written safe, a while later.
  private void sync(Runnable then) {
    if (bugs.contains(Bug.SKIPPED_SYNC)) {
      then.run();
      return;
    }
    long upTo = disk.lastIndex();
    long rewritten = disk.rewritten;
    machine.schedule(
        1 + random.nextLong(15 + machine.slowMs()),
        () -> {
          if (disk.rewritten != rewritten) return;
          disk.syncedIndex = Math.max(disk.syncedIndex, upTo);
          then.run();
        });
  }

  /// Finds what a majority holds.
  private void commit() {
    if (role != Role.LEADER) return;
    long own = bugs.contains(Bug.SKIPPED_SYNC) ? disk.lastIndex() : disk.syncedIndex;
    for (long index = disk.lastIndex(); index > committedIndex; index--) {
      if (disk.termAt(index) != disk.term) return;
      long candidate = index;
      long holders = peers.values().stream().filter(p -> p.matchIndex >= candidate).count();
      if (holders + (own >= index ? 1 : 0) < majority()) continue;
      committedIndex = index;
      applier.commit(committedIndex);
      return;
    }
  }

  /// Takes note of an entry that is about to be applied here.
  ///
  /// @return what was proposed here and became this entry, or `null`
  private Proposal applied(long index, Entry entry) {
    if (entry.content() != null) return proposals.remove(index);
    if (role == Role.LEADER && index == firstOfTerm) {
      serving = true;
      observer.happened(handedOver ? What.LEADS_HANDED_OVER : What.LEADS_WON);
      replica.leading(disk.term);
    }
    return null;
  }

  /// What the replica remembers.
  Image state() {
    return applier.state();
  }

  long appliedIndex() {
    return applier.appliedIndex();
  }

  /// Whether it leads and has told its replica so.
  boolean isServing() {
    return serving;
  }

  long term() {
    return disk.term;
  }

  // ---- as the replica sees it

  @Override
  public void propose(byte[] content, Proposal proposal) {
    if (role != Role.LEADER || !serving) {
      proposal.failed(Failure.REFUSED);
      return;
    }
    disk.append(new Entry(disk.term, content));
    proposals.put(disk.lastIndex(), proposal);
    if (bugs.contains(Bug.ACKNOWLEDGED_BEFORE_COMMIT)) {
      committedIndex = disk.lastIndex();
      applier.commit(committedIndex);
    }
    // Nobody can prevent that it is committed.
    if (peers.isEmpty()) applier.applyAhead(disk.lastIndex());
    sync(this::commit);
    peers.keySet().forEach(this::append);
  }

  @Override
  public int maxEntryBytes() {
    return 1 << 20;
  }

  @Override
  public int leader() {
    return leader;
  }

  @Override
  public Progress progress() {
    return new Progress(
        disk.term, committedIndex, applier.appliedIndex(), disk.snapshotIndex, leader != -1);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("simulated brokers do not stop, they crash");
  }
}
