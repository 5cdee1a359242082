package io.skep.domain.cluster.gossip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// News that goes along with other messages, each piece a number of times that lets it reach
/// everybody.
final class Rumors {
  /// Each teller tells it this often, times the logarithm of the number of members.
  private static final int REPEATS = 3;

  private final Map<String, Integer> left = new LinkedHashMap<>();
  private final int limitBytes;

  Rumors(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  void start(String id, int members) {
    left.put(id, REPEATS * (Integer.SIZE - Integer.numberOfLeadingZeros(members + 1)));
  }

  /// What to send along, the least told first.
  ///
  /// @param lookup the newest record of a member, or `null` if it has been forgotten
  List<Member> take(Function<String, Member> lookup) {
    if (left.isEmpty()) return List.of();
    var ids = new ArrayList<>(left.entrySet());
    ids.sort(
        Comparator.comparing((Map.Entry<String, Integer> rumor) -> rumor.getValue()).reversed());
    var taken = new ArrayList<Member>();
    int bytes = 0;
    for (var rumor : ids) {
      Member member = lookup.apply(rumor.getKey());
      if (member == null) {
        left.remove(rumor.getKey());
        continue;
      }
      // One always fits, or a large one would never be told.
      if (!taken.isEmpty() && bytes + member.bytes() > limitBytes) break;
      bytes += member.bytes();
      taken.add(member);
      if (rumor.getValue() == 1) left.remove(rumor.getKey());
      else left.put(rumor.getKey(), rumor.getValue() - 1);
    }
    return taken;
  }
}
