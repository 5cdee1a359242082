package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.gossip.GossipMessage.PingRequest;
import java.util.List;
import java.util.SplittableRandom;

/// Those who are asked to probe somebody who does not answer here.
final class Helpers {
  private final Standpoint standpoint;
  private final GossipSettings settings;
  private final SplittableRandom random;

  Helpers(Standpoint standpoint, GossipSettings settings, SplittableRandom random) {
    this.standpoint = standpoint;
    this.settings = settings;
    this.random = random;
  }

  /// @param number that their answers are to carry
  void ask(String target, long number) {
    var request = new PingRequest(number, target);
    standpoint
        .members()
        .pick(settings.helpers(), member -> canHelp(member, target), random)
        .forEach(helper -> standpoint.send(Standpoint.to(helper), List.of(), request));
  }

  private static boolean canHelp(Member member, String target) {
    return member.status() == MemberStatus.ALIVE
        && member.address() != null
        && !member.id().equals(target);
  }
}
