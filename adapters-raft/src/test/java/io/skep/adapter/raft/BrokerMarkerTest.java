package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Cluster.Broker;
import io.skep.port.out.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerMarkerTest {
  private static final UUID GROUP = new UUID(8, 9);

  @TempDir Path root;
  private Path directory;

  @BeforeEach
  void place() {
    directory = root.resolve("raft");
  }

  private static InternalApiSettings settings(String cluster, int nodeId, int partitions) {
    var plan = new Cluster(Path.of("unused"), 3, partitions);
    plan.name = cluster;
    return plan.settings(nodeId);
  }

  private BrokerMarker claim(String cluster, int nodeId, int partitions) {
    return BrokerMarker.claim(directory, settings(cluster, nodeId, partitions));
  }

  private String refusal(String cluster, int nodeId, int partitions) {
    return assertThrows(LogException.class, () -> claim(cluster, nodeId, partitions)).getMessage();
  }

  @Test
  void shouldBeTheSameBrokersAgain() {
    // given
    claim("a: name=with # and \\ in it", 1, 3).close();

    // when, then
    claim("a: name=with # and \\ in it", 1, 3).close();
  }

  @Test
  void shouldRefuseAnotherBrokersDirectory() {
    // given
    claim("cluster", 1, 3).close();

    // when
    String refusal = refusal("cluster", 2, 3);

    // then
    assertTrue(refusal.contains("nodeId '2'") && refusal.contains("'1'"), refusal);
    assertTrue(refusal.contains(directory.resolve("broker.properties").toString()), refusal);
  }

  @Test
  void shouldRefuseAnotherClustersDirectory() {
    // given
    claim("cluster", 1, 3).close();

    // when
    String refusal = refusal("other", 1, 3);

    // then
    assertTrue(refusal.contains("cluster 'other'"), refusal);
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitions() {
    // given
    claim("cluster", 1, 3).close();

    // when
    String refusal = refusal("cluster", 1, 4);

    // then
    assertTrue(refusal.contains("partitionsCount '4'"), refusal);
  }

  @Test
  void shouldStayNewUntilItIsAdmitted() {
    // given
    var first = claim("cluster", 1, 3);
    UUID id = first.claim().id();
    boolean admittedAtFirst = first.isAdmitted();
    first.close();
    var second = claim("cluster", 1, 3);
    boolean admittedLater = second.isAdmitted();

    // when
    second.admit();
    second.see(2, GROUP);
    second.close();

    // then
    assertTrue(!admittedAtFirst && !admittedLater);
    try (var third = claim("cluster", 1, 3)) {
      assertEquals(new DataClaim(id, true, Map.of(2, GROUP)), third.claim());
    }
  }

  @Test
  void shouldTakeAMarkerWithoutAnIdForOneOfABrokerThatHasTakenPart() throws IOException {
    // given
    claim("cluster", 1, 3).close();
    Path file = directory.resolve("broker.properties");
    var lines = Files.readAllLines(file);
    lines.removeIf(line -> line.startsWith("data=") || line.startsWith("admitted="));
    Files.write(file, lines);
    UUID id;
    try (var first = claim("cluster", 1, 3)) {
      id = first.claim().id();

      // when, then
      assertTrue(first.isAdmitted());
    }
    try (var second = claim("cluster", 1, 3)) {
      assertEquals(id, second.claim().id());
    }
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    // given
    var inUse = claim("cluster", 1, 3);

    // when
    String refusal = refusal("cluster", 1, 3);

    // then
    assertTrue(refusal.contains("a running broker uses it"), refusal);
    inUse.close();
    claim("cluster", 1, 3).close();
  }

  @Test
  void shouldRefuseLogsWithoutAMarker() throws IOException {
    // given
    Files.createDirectories(directory.resolve("partitions").resolve(GROUP.toString()));

    // when
    String refusal = refusal("cluster", 1, 3);

    // then
    assertTrue(refusal.contains("it is not there"), refusal);
  }

  @Test
  void shouldRefuseToOpenAPartitionWhoseLogIsGone() {
    // given
    var first = claim("cluster", 1, 3);
    first.expectLog(2, GROUP);
    first.remember(2, GROUP);
    first.close();
    var second = claim("cluster", 1, 3);

    // when
    String refusal =
        assertThrows(LogException.class, () -> second.expectLog(2, GROUP)).getMessage();

    // then
    assertTrue(refusal.contains("partition.2") && refusal.contains(GROUP.toString()), refusal);
    second.expectLog(3, GROUP);
    second.close();
  }

  @Test
  void shouldRefuseToStartABrokerWithALogTakenAway() throws IOException {
    // given
    try (var cluster = new Cluster(root, 1, 1)) {
      cluster.start(0);
      cluster.leader(1).commit("precious");
      cluster.broker(0).stop();
      try (var files = Files.walk(root.resolve("broker-0").resolve("raft").resolve("partitions"))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
      }

      // when
      Broker again = cluster.startListening(0);
      var refusal = assertThrows(LogException.class, again::open);

      // then
      assertTrue(refusal.getMessage().contains("this broker has held it"), refusal.getMessage());
    }
  }
}
