package io.skep.adapter.grpc;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BrokerInfo;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerHealth;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerRole;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;

/// From what is known of the cluster to what clients are told.
final class TopologyResponses {
  private TopologyResponses() {}

  static TopologyResponse of(Topology topology, String gatewayVersion) {
    var response =
        TopologyResponse.newBuilder()
            .setClusterSize(topology.clusterSize())
            .setPartitionsCount(topology.partitionCount())
            .setReplicationFactor(topology.replicationFactor())
            .setGatewayVersion(gatewayVersion);
    for (Broker broker : topology.brokers()) response.addBrokers(broker(broker));
    return response.build();
  }

  private static BrokerInfo broker(Broker broker) {
    var info =
        BrokerInfo.newBuilder()
            .setNodeId(broker.nodeId())
            .setHost(broker.commandApi().host())
            .setPort(broker.commandApi().port())
            .setVersion(broker.version());
    for (PartitionState partition : broker.partitions()) info.addPartitions(partition(partition));
    return info.build();
  }

  private static Partition partition(PartitionState partition) {
    return Partition.newBuilder()
        .setPartitionId(partition.partitionId())
        .setRole(role(partition.role()))
        .setHealth(
            partition.healthy() ? PartitionBrokerHealth.HEALTHY : PartitionBrokerHealth.UNHEALTHY)
        .build();
  }

  private static PartitionBrokerRole role(PartitionRole role) {
    return switch (role) {
      case LEADER -> PartitionBrokerRole.LEADER;
      case FOLLOWER -> PartitionBrokerRole.FOLLOWER;
      case INACTIVE -> PartitionBrokerRole.INACTIVE;
    };
  }
}
