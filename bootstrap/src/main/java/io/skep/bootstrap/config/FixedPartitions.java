package io.skep.bootstrap.config;

import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `fixed[0].partitionId`, `fixed[0].nodes[0].nodeId` and `fixed[0].nodes[0].priority`.
final class FixedPartitions {
  static final ValueType<List<Replicas>> TYPE =
      new ValueType<>(
          "tree",
          "a list of partitions, each with partitionId and a list of nodes, each with nodeId and"
              + " priority (1 or more): fixed[0].partitionId, fixed[0].nodes[0].nodeId,"
              + " fixed[0].nodes[0].priority",
          FixedPartitions::parse,
          FixedPartitions::show);

  private static final Pattern ITEM =
      Pattern.compile("(\\d{1,4})\\.(partitionid|nodes\\.(\\d{1,4})\\.(nodeid|priority))");

  private FixedPartitions() {}

  private static final class Partition {
    private Integer id;
    private final Map<Integer, Integer> nodeIds = new TreeMap<>();
    private final Map<Integer, Integer> priorities = new TreeMap<>();
  }

  /// @param text such as `0.partitionId=1,0.nodes.0.nodeId=2`
  private static List<Replicas> parse(String text) {
    var partitions = new TreeMap<Integer, Partition>();
    for (String item : text.split(",")) {
      int equals = item.indexOf('=');
      if (equals < 0) throw new IllegalArgumentException();
      Matcher matcher = ITEM.matcher(Paths.ofName(item.substring(0, equals).strip()));
      if (!matcher.matches()) throw new IllegalArgumentException();
      int value = Integer.parseInt(item.substring(equals + 1).strip());
      var partition =
          partitions.computeIfAbsent(Integer.valueOf(matcher.group(1)), _ -> new Partition());
      if (matcher.group(3) == null) partition.id = value;
      else {
        var values = matcher.group(4).equals("nodeid") ? partition.nodeIds : partition.priorities;
        values.put(Integer.valueOf(matcher.group(3)), value);
      }
    }
    return partitions.values().stream().map(FixedPartitions::replicas).toList();
  }

  private static Replicas replicas(Partition partition) {
    if (partition.id == null
        || partition.nodeIds.isEmpty()
        || !partition.nodeIds.keySet().containsAll(partition.priorities.keySet())) {
      throw new IllegalArgumentException();
    }
    var members = new ArrayList<Replica>();
    partition.nodeIds.forEach(
        (index, nodeId) -> {
          int fallback = partition.nodeIds.size() - members.size();
          int priority = partition.priorities.getOrDefault(index, fallback);
          if (priority < 1) throw new IllegalArgumentException();
          members.add(new Replica(nodeId, priority));
        });
    return new Replicas(partition.id, List.copyOf(members));
  }

  private static String show(List<Replicas> partitions) {
    var items = new ArrayList<String>();
    for (int p = 0; p < partitions.size(); p++) {
      Replicas partition = partitions.get(p);
      items.add("%d.partitionId=%d".formatted(p, partition.partitionId()));
      for (int n = 0; n < partition.members().size(); n++) {
        Replica member = partition.members().get(n);
        items.add("%d.nodes.%d.nodeId=%d".formatted(p, n, member.nodeId()));
        items.add("%d.nodes.%d.priority=%d".formatted(p, n, member.priority()));
      }
    }
    return String.join(",", items);
  }
}
