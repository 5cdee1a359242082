package io.skep.adapter.http;

import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.in.ClusterPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the cluster should look like, in the form that Zeebe's management endpoint has.
final class ClusterPages {
  private final ClusterPlan plan;

  ClusterPages(ClusterPlan plan) {
    this.plan = plan;
  }

  Response cluster() {
    Map<Integer, List<Object>> partitions = new TreeMap<>();
    PartitionDistribution distribution = plan.distribution();
    for (Replicas replicas : distribution.partitions()) {
      for (Replica member : replicas.members()) {
        partitions
            .computeIfAbsent(member.nodeId(), _ -> new ArrayList<>())
            .add(partition(replicas.partitionId(), member.priority()));
      }
    }
    var brokers = new ArrayList<Object>();
    partitions.forEach((nodeId, held) -> brokers.add(broker(nodeId, held)));
    var page = new LinkedHashMap<String, Object>();
    // The plan is the configuration's, and does not change while the broker runs.
    page.put("version", 1);
    page.put("brokers", brokers);
    return Response.json(200, page);
  }

  private static Map<String, Object> broker(int nodeId, List<Object> partitions) {
    var broker = new LinkedHashMap<String, Object>();
    broker.put("id", nodeId);
    broker.put("state", "ACTIVE");
    broker.put("version", 1);
    broker.put("partitions", partitions);
    return broker;
  }

  private static Map<String, Object> partition(int partitionId, int priority) {
    var partition = new LinkedHashMap<String, Object>();
    partition.put("id", partitionId);
    partition.put("state", "ACTIVE");
    partition.put("priority", priority);
    return partition;
  }

  Response rebalance() {
    plan.rebalance();
    return Response.text("text/plain", "");
  }
}
