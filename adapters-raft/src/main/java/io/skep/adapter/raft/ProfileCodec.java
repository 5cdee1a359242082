package io.skep.adapter.raft;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.adapter.raft.Frame.Reader;
import io.skep.adapter.raft.Frame.Writer;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import java.util.ArrayList;

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

  /// @return `null` if it is not a broker's
  /// @throws MalformedException if it says that it is, but cannot be read
  static BrokerProfile decode(byte[] bytes) throws MalformedException {
    var in = new Reader(bytes);
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
