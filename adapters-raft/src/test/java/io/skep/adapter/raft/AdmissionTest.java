package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.RecordingReplica.Outcome;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.PartitionDistribution;
import io.skep.port.out.LogException;
import io.skep.port.out.PartitionLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {
  @TempDir Path directory;
  private Cluster plan;
  private final Map<Integer, Node> nodes = new ConcurrentHashMap<>();

  @BeforeEach
  void plan() {
    plan = new Cluster(directory, 3, 1);
  }

  @AfterEach
  void close() {
    List.copyOf(nodes.values()).parallelStream().forEach(Node::stop);
  }

  /// A broker that finds the others by gossip.
  private final class Node {
    final int nodeId;
    final ClusterMembership membership;
    final BrokerInternalApi api;
    final RecordingReplica replica = new RecordingReplica();
    final CompletableFuture<PartitionLog> log;

    Node(int nodeId) {
      this.nodeId = nodeId;
      var settings = plan.settings(nodeId);
      membership = new ClusterMembership(ClusterMembership.profile(settings));
      api = new BrokerInternalApi(settings, membership, membership, new FakeRoom());
      api.start();
      nodes.put(nodeId, this);
      var known = new ArrayList<>(plan.contactPoints);
      known.add(new Address("127.0.0.1", api.port()));
      plan.contactPoints = known;
      var partition = PartitionDistribution.roundRobin(3, 1, 3).of(nodeId).getFirst();
      log =
          CompletableFuture.supplyAsync(
              () -> new BrokerLogs(settings, api).open(partition, replica),
              Thread::startVirtualThread);
    }

    boolean hasSeen(int other) {
      return membership.claim().seen().containsKey(other);
    }

    boolean isOpen() {
      return log.isDone() && !log.isCompletedExceptionally();
    }

    void awaitOpen() {
      RecordingReplica.await("broker %d to take part".formatted(nodeId), log::isDone);
      log.join();
    }

    String refusal() {
      RecordingReplica.await("broker %d to be refused".formatted(nodeId), log::isDone);
      Throwable failure = assertThrows(CompletionException.class, log::join).getCause();
      assertTrue(failure instanceof LogException, failure.toString());
      return failure.getMessage();
    }

    void stop() {
      nodes.remove(nodeId, this);
      api.stop();
    }
  }

  private void startAll() {
    for (int nodeId = 0; nodeId < 3; nodeId++) new Node(nodeId);
    for (Node node : nodes.values()) {
      node.awaitOpen();
      for (Node other : nodes.values()) {
        if (other == node) continue;
        RecordingReplica.await("each to see the others", () -> node.hasSeen(other.nodeId));
      }
    }
  }

  private void commit(String text) {
    RecordingReplica.await(
        "'" + text + "' to be committed",
        () -> {
          for (Node node : nodes.values()) {
            if (!node.isOpen() || !node.replica.leading) continue;
            var outcome = new Outcome();
            node.log.join().propose(RecordingReplica.bytes(text), outcome);
            RecordingReplica.await("it to end", outcome::hasEnded);
            if (outcome.committed.get() == 1) return true;
          }
          return false;
        });
  }

  private void loseDisk(int nodeId) throws IOException {
    try (var files = Files.walk(directory.resolve("broker-" + nodeId))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }

  @Test
  void shouldStartANewClusterAsSoonAsAMajorityIsThere() {
    // given
    var first = new Node(0);
    RecordingReplica.pause(700);
    boolean openAlone = first.log.isDone();

    // when
    var second = new Node(1);

    // then
    assertTrue(!openAlone, "it must not take part before it has heard from another one");
    first.awaitOpen();
    second.awaitOpen();
    commit("by two");
  }

  @Test
  void shouldRefuseALostDiskUntilItIsReadmitted() throws IOException {
    // given
    startAll();
    commit("before");
    nodes.get(2).stop();
    loseDisk(2);

    for (int attempt = 0; attempt < 2; attempt++) {
      // when
      var again = new Node(2);
      String refusal = again.refusal();
      again.stop();

      // then
      assertTrue(refusal.contains("broker 2 of cluster '" + plan.name), refusal);
      assertTrue(refusal.contains(directory.resolve("broker-2").toString()), refusal);
      assertTrue(refusal.contains("--skep.broker.data.readmit=true"), refusal);
    }

    // when
    plan.readmit = true;
    var readmitted = new Node(2);
    plan.readmit = false;

    // then
    readmitted.awaitOpen();
    RecordingReplica.await(
        "it to catch up though nothing is written",
        () -> readmitted.replica.state.contains("before"));
    commit("after");
    RecordingReplica.await(
        "it to go on", () -> readmitted.replica.state.containsAll(List.of("before", "after")));
    var id = readmitted.membership.claim().id();
    RecordingReplica.await(
        "the others to see its new directory",
        () ->
            List.of(nodes.get(0), nodes.get(1)).stream()
                .allMatch(node -> id.equals(node.membership.claim().seen().get(2))));

    // and when
    readmitted.stop();
    var later = new Node(2);

    // then
    later.awaitOpen();
  }

  @Test
  void shouldReadmitOnlyWhileAllOthersAreUp() throws IOException {
    // given
    startAll();
    nodes.get(2).stop();
    nodes.get(1).stop();
    loseDisk(2);
    plan.readmit = true;
    var readmitted = new Node(2);
    RecordingReplica.pause(700);
    boolean openTooEarly = readmitted.log.isDone();

    // when
    plan.readmit = false;
    new Node(1);

    // then
    assertTrue(!openTooEarly, "it must not take part before all others are up");
    readmitted.awaitOpen();
  }

  @Test
  void shouldRememberWhatABrokerSawThatIsDownNow() throws IOException {
    // given
    new Node(0);
    new Node(1);
    nodes.get(0).awaitOpen();
    nodes.get(1).awaitOpen();
    RecordingReplica.await("0 to see 1", () -> nodes.get(0).hasSeen(1));
    nodes.get(1).stop();
    var third = new Node(2);
    third.awaitOpen();
    RecordingReplica.await("2 to hear of 1", () -> third.hasSeen(1));

    // when
    nodes.get(0).stop();
    loseDisk(1);
    var again = new Node(1);

    // then
    assertTrue(again.refusal().contains("2] have seen"));
  }

  @Test
  void shouldAskNobodyWhenItsDiskIsThere() {
    // given
    startAll();
    commit("before");
    close();

    // when
    var first = new Node(0);

    // then
    first.awaitOpen();
    var second = new Node(1);
    second.awaitOpen();
    commit("after");
    RecordingReplica.await(
        "all to be there", () -> second.replica.state.containsAll(List.of("before", "after")));
  }

  @Test
  void shouldLeaveTheWaitWhenTheStartIsGivenUp() {
    // given
    var alone = new Node(0);

    // when
    alone.api.abandonStart();

    // then
    assertTrue(alone.refusal().contains("given up"));
  }
}
