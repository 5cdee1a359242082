package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.PartitionDistribution;
import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitioningKeysTest {
  private static final String FIXED = "zeebe.broker.experimental.partitioning.fixed";
  private static final PartitionDistribution WANTED =
      new PartitionDistribution(
          List.of(
              new Replicas(1, List.of(new Replica(0, 1), new Replica(2, 2))),
              new Replicas(2, List.of(new Replica(1, 2), new Replica(2, 1)))));

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void cluster() {
    given =
        new Given(directory)
            .argument("zeebe.broker.cluster.clusterSize=3")
            .argument("zeebe.broker.cluster.partitionsCount=2")
            .argument("zeebe.broker.cluster.replicationFactor=2");
  }

  @Test
  void shouldSpreadPartitionsInTurn() {
    assertEquals(
        PartitionDistribution.roundRobin(3, 2, 2), PartitioningKeys.distribution(given.broker()));
  }

  @Test
  void shouldTakeADistributionFromAFile() {
    // given
    given.yaml(
        """
        zeebe.broker.experimental.partitioning:
          scheme: FIXED
          fixed:
            - partitionId: 1
              nodes:
                - nodeId: 0
                  priority: 1
                - nodeId: 2
                  priority: 2
            - partitionId: 2
              nodes:
                - nodeId: 1
                - nodeId: 2
        """);

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(WANTED, PartitioningKeys.distribution(configuration));
    assertEquals(WANTED, BrokerConfig.of(configuration).partitions().distribution());
    assertEquals(List.of(), configuration.warnings());
  }

  @Test
  void shouldTakeADistributionFromTheEnvironmentAndShowItSoThatItCanBeReadAgain() {
    // given
    String fixed = "ZEEBE_BROKER_EXPERIMENTAL_PARTITIONING_FIXED_";
    given
        .variable("ZEEBE_BROKER_EXPERIMENTAL_PARTITIONING_SCHEME", "fixed")
        .variable(fixed + "0_PARTITIONID", "2")
        .variable(fixed + "0_NODES_0_NODEID", "1")
        .variable(fixed + "0_NODES_1_NODEID", "2")
        .variable(fixed + "1_PARTITIONID", "1")
        .variable(fixed + "1_NODES_0_NODEID", "0")
        .variable(fixed + "1_NODES_0_PRIORITY", "1")
        .variable(fixed + "1_NODES_1_NODEID", "2")
        .variable(fixed + "1_NODES_1_PRIORITY", "2");

    // when
    Configuration configuration = given.broker();

    // then
    assertEquals(WANTED, PartitioningKeys.distribution(configuration));
    String shown =
        PartitioningKeys.FIXED.type().show().apply(configuration.of(PartitioningKeys.FIXED));
    assertEquals(
        configuration.of(PartitioningKeys.FIXED),
        PartitioningKeys.FIXED.type().parser().apply(shown));
  }

  @Test
  void shouldSayWhatIsMissing() {
    // given
    given
        .argument("zeebe.broker.experimental.partitioning.scheme=FIXED")
        .argument(FIXED + "[0].partitionId=1")
        .argument(FIXED + "[0].nodes[0].nodeId=0")
        .argument(FIXED + "[0].nodes[1].nodeId=1");

    // when
    String problem = given.problem(Role.BROKER);

    // then
    assertTrue(problem.contains("partition 2 is not there"), problem);
    assertTrue(problem.contains(FIXED), problem);
  }

  @Test
  void shouldRefuseWhatIsNoPartOfAPartition() {
    // given
    given.argument(FIXED + "[0].partition=1");

    // when
    String problem = given.problem(Role.BROKER);

    // then
    assertTrue(problem.startsWith("Expected " + FIXED + " to be a list of partitions"), problem);
  }
}
