package io.skep.domain.cluster;

import java.util.List;

/// A broker as the cluster knows it.
///
/// @param nodeId 0 to the cluster size minus 1
/// @param commandApi where gateways and other brokers send commands
/// @param version of the program it runs
public record Broker(
    int nodeId, Address commandApi, String version, List<PartitionState> partitions) {}
