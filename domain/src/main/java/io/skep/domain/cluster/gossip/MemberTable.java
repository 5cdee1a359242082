package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.gossip.GossipMessage.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// All that a member knows of the others.
final class MemberTable {
  /// More than any cluster has. Beyond it, strangers are not taken in.
  static final int MAX_MEMBERS = 4_096;

  private final Map<String, Member> byId = new LinkedHashMap<>();

  /// When each of the suspects, dead and departed became that.
  private final Map<String, Long> since = new LinkedHashMap<>();

  Member get(String id) {
    return byId.get(id);
  }

  Collection<Member> all() {
    return byId.values();
  }

  /// @return whether it was news
  boolean merge(Member update, long nowMs) {
    Member known = byId.get(update.id());
    if (!update.supersedes(known)) return false;
    if (known == null && byId.size() >= MAX_MEMBERS) return false;
    byId.put(update.id(), update);
    if (update.status() == MemberStatus.ALIVE) since.remove(update.id());
    else since.put(update.id(), nowMs);
    return true;
  }

  long sinceMs(String id) {
    return since.get(id);
  }

  /// Those that have been suspect since before a time.
  List<Member> suspectsBefore(long limitMs) {
    return statusBefore(limitMs, status -> status == MemberStatus.SUSPECT);
  }

  /// Removes those that have been gone since before a time.
  void forgetBefore(long limitMs) {
    for (Member gone : statusBefore(limitMs, status -> !status.isPresent())) {
      byId.remove(gone.id());
      since.remove(gone.id());
    }
  }

  private List<Member> statusBefore(long limitMs, Predicate<MemberStatus> wanted) {
    var found = new ArrayList<Member>();
    since.forEach(
        (id, sinceMs) -> {
          Member member = byId.get(id);
          if (sinceMs <= limitMs && wanted.test(member.status())) found.add(member);
        });
    return found;
  }

  /// Since when the longest suspect is one, or [Long#MAX_VALUE].
  long firstSuspicionMs() {
    long first = Long.MAX_VALUE;
    for (var entry : since.entrySet()) {
      if (byId.get(entry.getKey()).status() == MemberStatus.SUSPECT) {
        first = Math.min(first, entry.getValue());
      }
    }
    return first;
  }

  /// Gives all suspects more time: this member has been away.
  void postpone(long ms) {
    since.replaceAll((_, sinceMs) -> sinceMs + ms);
  }

  /// Some of those that meet a condition, in random order.
  List<Member> pick(int count, Predicate<Member> condition, SplittableRandom random) {
    var candidates = new ArrayList<Member>();
    for (Member member : byId.values()) if (condition.test(member)) candidates.add(member);
    for (int i = 0; i < Math.min(count, candidates.size()); i++) {
      int j = i + random.nextInt(candidates.size() - i);
      Member swapped = candidates.get(i);
      candidates.set(i, candidates.get(j));
      candidates.set(j, swapped);
    }
    return candidates.subList(0, Math.min(count, candidates.size()));
  }

  int present() {
    int count = 0;
    for (Member member : byId.values()) if (member.status().isPresent()) count++;
    return count;
  }

  List<Digest> digests() {
    var digests = new ArrayList<Digest>(byId.size());
    for (Member member : byId.values()) {
      digests.add(new Digest(member.id(), member.incarnation(), member.status()));
    }
    return digests;
  }
}
