package io.skep.domain.cluster.gossip;

import io.skep.domain.cluster.Address;
import java.util.List;

/// A message with what surrounds it.
///
/// @param cluster members of other clusters drop it
/// @param from the sender's id
/// @param fromAddress where the sender listens, or `null` if it does not
/// @param news what the sender thinks the receiver may not know yet
public record Envelope(
    String cluster, String from, Address fromAddress, List<Member> news, GossipMessage message) {}
