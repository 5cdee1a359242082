package io.skep.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc.GatewayBlockingStub;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BrokerInfo;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a gateway tells of the cluster.
class TopologyRpcTest {
  @AutoClose private final ServerFixture fixture = new ServerFixture();
  private final FakeGateway gateway = fixture.gateway;
  private final GatewayBlockingStub stub = fixture.stub;

  @Test
  void shouldTellTheTopology() {
    // given
    gateway.topology =
        new Topology(
            List.of(
                new Broker(
                    2,
                    new Address("broker-2", 26501),
                    "0.1.0",
                    List.of(
                        new PartitionState(1, PartitionRole.LEADER, 4, true),
                        new PartitionState(2, PartitionRole.FOLLOWER, 4, false),
                        new PartitionState(3, PartitionRole.INACTIVE, 4, true)))),
            5,
            3,
            2);

    // when
    var response = stub.topology(TopologyRequest.getDefaultInstance());

    // then
    var broker =
        BrokerInfo.newBuilder()
            .setNodeId(2)
            .setHost("broker-2")
            .setPort(26501)
            .setVersion("0.1.0")
            .addPartitions(partition(1, "LEADER", "HEALTHY"))
            .addPartitions(partition(2, "FOLLOWER", "UNHEALTHY"))
            .addPartitions(partition(3, "INACTIVE", "HEALTHY"));
    assertEquals(
        TopologyResponse.newBuilder()
            .addBrokers(broker)
            .setClusterSize(5)
            .setPartitionsCount(3)
            .setReplicationFactor(2)
            .setGatewayVersion("8.6.0")
            .build(),
        response);
  }

  @Test
  void shouldTellItsVersionThoughNoBrokerIsKnown() {
    // when
    var response = stub.topology(TopologyRequest.getDefaultInstance());

    // then
    assertEquals(TopologyResponse.newBuilder().setGatewayVersion("8.6.0").build(), response);
  }

  private static Partition partition(int id, String role, String health) {
    return Partition.newBuilder()
        .setPartitionId(id)
        .setRole(Partition.PartitionBrokerRole.valueOf(role))
        .setHealth(Partition.PartitionBrokerHealth.valueOf(health))
        .build();
  }
}
