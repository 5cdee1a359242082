package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.port.out.PartitionLog;
import io.skep.port.out.Replica;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The replicated log of one partition with all its members, in one thread. Nothing moves by
/// itself: whoever drives it says when an entry is committed, when a member applies it, and who
/// leads.
final class SimulatedLog {
  private final List<Entry> committed = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private Member leader;
  private long term;
  private int maxEntryBytes = 64 * 1024;
  private int room = Integer.MAX_VALUE;
  private boolean faulty;

  /// @param proposer who proposed it, and counts on it as long as it leads
  private record Entry(
      byte[] content, Member proposer, PartitionLog.Proposal proposal, long term) {}

  /// Takes part with a replica, which has seen nothing yet or whose state is that of a snapshot.
  ///
  /// @param appliedIndex of the snapshot, 0 if there is none
  Member join(int nodeId, Replica replica, long appliedIndex) {
    var member = new Member(nodeId, replica, appliedIndex);
    members.add(member);
    return member;
  }

  void maxEntryBytes(int bytes) {
    maxEntryBytes = bytes;
  }

  /// @param faulty whether it throws whatever is proposed
  void faulty(boolean faulty) {
    this.faulty = faulty;
  }

  /// @param entries how many may be under way at a time
  void room(int entries) {
    room = entries;
  }

  long committedIndex() {
    return committed.size();
  }

  Member leader() {
    return leader;
  }

  /// Entries of the leader that are proposed and not committed.
  int underWay() {
    return leader.underWay.size();
  }

  List<Member> members() {
    return members;
  }

  /// A quorum holds the oldest entry that is under way.
  ///
  /// @return whether there was one
  boolean commit() {
    if (leader == null || leader.underWay.isEmpty()) return false;
    committed.add(leader.underWay.remove());
    return true;
  }

  /// Commits and applies until nothing is under way any more.
  void settle() {
    boolean moved;
    do {
      moved = commit();
      for (Member member : List.copyOf(members)) moved |= member.applyAll();
    } while (moved);
  }

  /// Lets a member lead, and the one that does so far no longer.
  ///
  /// @param kept how many of the entries under way the new leader holds, and so commits
  void elect(Member next, int kept) {
    var before = leader;
    var underWay = before == null ? new ArrayDeque<Entry>() : before.underWay;
    committed.addAll(underWay.stream().limit(kept).toList());
    stepDown();
    term++;
    next.applyAll();
    leader = next;
    next.replica.leading(term);
  }

  void elect(Member next) {
    elect(next, 0);
  }

  /// Nobody leads. What is under way comes to nothing as far as its proposer can tell.
  void stepDown() {
    Member before = leader;
    if (before == null) return;
    leader = null;
    before.replica.notLeading();
    before.failUnderWay(PartitionLog.Failure.LEAD_LOST);
  }

  /// A member of the log, as its replica sees it.
  final class Member implements PartitionLog {
    private final int nodeId;
    private final Replica replica;
    private final Deque<Entry> underWay = new ArrayDeque<>();
    private long appliedIndex;
    private boolean dead;
    private boolean silent;

    private Member(int nodeId, Replica replica, long appliedIndex) {
      this.nodeId = nodeId;
      this.replica = replica;
      this.appliedIndex = appliedIndex;
    }

    long appliedIndex() {
      return appliedIndex;
    }

    int nodeId() {
      return nodeId;
    }

    /// @return whether there was something to apply
    boolean apply() {
      if (appliedIndex == committed.size()) return false;
      Entry entry = committed.get((int) appliedIndex++);
      boolean own = entry.proposer == this && leader == this && entry.term == term;
      replica.apply(appliedIndex, entry.content, own ? entry.proposal : null);
      if (!silent) replica.committed(appliedIndex);
      return true;
    }

    boolean applyAll() {
      boolean any = false;
      while (apply()) any = true;
      return any;
    }

    /// Stops at an entry of its own that its replica cannot apply.
    void failToApply() {
      Entry entry = committed.get((int) appliedIndex++);
      var fault =
          assertThrows(
              RuntimeException.class,
              () -> replica.apply(appliedIndex, entry.content, entry.proposal));
      replica.failed(fault);
      entry.proposal.failed(Failure.LEAD_LOST);
    }

    /// Does not say what is committed, as if it were not yet.
    void keepSilent() {
      silent = true;
    }

    /// Says that all that it has applied is committed.
    void sayCommitted() {
      silent = false;
      replica.committed(appliedIndex);
    }

    /// The process ends at once: nobody is told anything.
    ///
    /// @param kept how many of the entries it had under way the others hold, and so will be
    ///   committed
    void crash(int kept) {
      members.remove(this);
      dead = true;
      if (leader != this) return;
      for (int i = 0; i < kept && !underWay.isEmpty(); i++) committed.add(underWay.remove());
      leader = null;
    }

    private void failUnderWay(Failure failure) {
      var failed = new ArrayList<Entry>();
      // Committed, but no longer applied under its lead.
      for (Entry entry : committed.subList((int) appliedIndex, committed.size())) {
        if (entry.proposer == this && entry.term == term) failed.add(entry);
      }
      for (Entry entry : underWay) if (!failed.contains(entry)) failed.add(entry);
      underWay.clear();
      for (Entry entry : failed) entry.proposal.failed(failure);
    }

    @Override
    public void propose(byte[] content, Proposal proposal) {
      if (faulty) throw new IllegalStateException("a fault in the log");
      if (content.length > maxEntryBytes)
        throw new IllegalArgumentException("an entry that is too large");
      if (dead) return;
      if (leader != this) {
        proposal.failed(Failure.REFUSED);
      } else if (underWay.size() >= room) {
        proposal.failed(Failure.OVERLOADED);
      } else {
        underWay.add(new Entry(content, this, proposal, term));
      }
    }

    /// How many entries are under way.
    int underWay() {
      return underWay.size();
    }

    @Override
    public int maxEntryBytes() {
      return maxEntryBytes;
    }

    @Override
    public int leader() {
      return leader == null ? -1 : leader.nodeId;
    }

    @Override
    public Progress progress() {
      return new Progress(term, committed.size(), appliedIndex, -1, leader != null);
    }

    @Override
    public void close() {
      if (leader == this) stepDown();
      members.remove(this);
    }
  }
}
