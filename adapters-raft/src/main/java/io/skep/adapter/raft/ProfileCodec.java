package io.skep.adapter.raft;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.adapter.raft.Frame.Reader;
import io.skep.adapter.raft.Frame.Writer;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What members say of themselves as bytes. A newer version may append to it; a kind that is not
/// known is no broker.
final class ProfileCodec {
  private static final int BROKER = 1;
  private static final int GATEWAY = 2;
  private static final PartitionRole[] ROLES = PartitionRole.values();

  private ProfileCodec() {}

  static byte[] gateway(String version) {
    return new Writer().u8(GATEWAY).text(version).bytes();
  }

  static byte[] encode(BrokerProfile profile) {
    var out =
        new Writer()
            .u8(BROKER)
            .text(profile.version())
            .i32(profile.nodeId())
            .address(profile.commandApi())
            .i32(profile.clusterSize())
            .i32(profile.partitionCount())
            .i32(profile.replicationFactor())
            .i32(profile.partitions().size());
    for (PartitionState state : profile.partitions()) {
      out.i32(state.partitionId())
          .u8(state.role().ordinal())
          .i64(state.term())
          .u8(state.healthy() ? 1 : 0);
    }
    return out.bytes();
  }

  /// With what the broker says of its data.
  static byte[] encode(BrokerProfile profile, DataClaim claim) {
    var out = new Writer().raw(encode(profile));
    out.text(claim.id().toString()).u8(claim.admitted() ? 1 : 0).i32(claim.seen().size());
    claim.seen().forEach((nodeId, id) -> out.i32(nodeId).text(id.toString()));
    return out.bytes();
  }

  /// @return `null` if it is not a broker's
  /// @throws MalformedException if it says that it is, but cannot be read
  static BrokerProfile decode(byte[] bytes) throws MalformedException {
    return profile(new Reader(bytes));
  }

  /// What a broker says of its data.
  ///
  /// @return `null` if it is not a broker's, or an older one's, which says nothing of them
  /// @throws MalformedException if it cannot be read
  static DataClaim claim(byte[] bytes) throws MalformedException {
    var in = new Reader(bytes);
    if (profile(in) == null || in.isAtEnd()) return null;
    UUID id = uuid(in);
    boolean admitted = in.u8("whether it was admitted") == 1;
    int count = in.count(6, "brokers");
    Map<Integer, UUID> seen = new TreeMap<>();
    for (int i = 0; i < count; i++) seen.put(in.i32("a node id"), uuid(in));
    return new DataClaim(id, admitted, seen);
  }

  private static UUID uuid(Reader in) throws MalformedException {
    String text = in.text("an id of data");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedException("Expected an id of data, but it is '%s'".formatted(text));
    }
  }

  private static BrokerProfile profile(Reader in) throws MalformedException {
    if (in.u8("a kind of member") != BROKER) return null;
    String version = in.text("a version");
    int nodeId = in.i32("a node id");
    Address commandApi = in.address("the command API's address");
    if (commandApi == null)
      throw new MalformedException("Expected the command API's address, but it is empty");
    int clusterSize = in.i32("a cluster size");
    int partitionCount = in.i32("a partition count");
    int replicationFactor = in.i32("a replication factor");
    int count = in.count(14, "partitions");
    var partitions = new ArrayList<PartitionState>(count);
    for (int i = 0; i < count; i++) {
      partitions.add(
          new PartitionState(
              in.i32("a partition id"), role(in), in.i64("a term"), in.u8("the health") == 1));
    }
    return new BrokerProfile(
        nodeId, commandApi, version, clusterSize, partitionCount, replicationFactor, partitions);
  }

  private static PartitionRole role(Reader in) throws MalformedException {
    int role = in.u8("a role");
    if (role < ROLES.length) return ROLES[role];
    throw new MalformedException(
        "Expected a role below %d, but it is %d".formatted(ROLES.length, role));
  }
}
