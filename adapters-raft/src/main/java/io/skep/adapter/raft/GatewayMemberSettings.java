package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import io.skep.port.out.Credentials;
import java.util.List;

/// What a gateway without a broker needs to know to be a member of the cluster.
///
/// @param clusterName members of another name are ignored
/// @param memberId tells this gateway from all others
/// @param contactPoints internal APIs of some brokers, at least one
/// @param version of this program
/// @param credentials for TLS between members, `null` without
public record GatewayMemberSettings(
    String clusterName,
    String memberId,
    List<Address> contactPoints,
    String version,
    Credentials credentials) {

  public GatewayMemberSettings {
    contactPoints = List.copyOf(contactPoints);
  }
}
