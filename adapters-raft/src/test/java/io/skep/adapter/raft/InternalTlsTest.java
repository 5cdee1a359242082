package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.Certificates;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.Credentials;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalTlsTest {
  @TempDir Path directory;
  private Credentials member;
  private Cluster cluster;

  @BeforeEach
  void start() {
    member = credentials("member");
    cluster = new Cluster(directory, 3, 1);
    cluster.credentials = member;
    IntStream.range(0, 3).parallel().forEach(cluster::start);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private Credentials credentials(String name) {
    var made = Certificates.make(directory, name);
    return new Credentials(made.key(), List.of(made.certificate()));
  }

  private Topology seenBy(Credentials credentials, long forMs) {
    var membership = new ClusterMembership(null);
    var contact = new Address("127.0.0.1", cluster.broker(0).api.port());
    var settings =
        new GatewayMemberSettings(cluster.name, "gateway", List.of(contact), "test", credentials);
    var api = new GatewayInternalApi(settings, membership);
    api.start();
    try {
      long end = System.nanoTime() + forMs * 1_000_000;
      while (membership.topology().brokers().isEmpty() && System.nanoTime() < end) {
        RecordingReplica.pause(10);
      }
      return membership.topology();
    } finally {
      api.stop();
    }
  }

  @Test
  void shouldReplicateAmongMembers() {
    // when
    cluster.commit("secret");

    // then
    for (int i = 0; i < 3; i++) {
      var state = cluster.broker(i).replica().state;
      RecordingReplica.await("it on all", () -> List.copyOf(state).equals(List.of("secret")));
    }
  }

  @Test
  void shouldGossipWithMembersOnly() {
    assertEquals(0, seenBy(member, 10_000).brokers().getFirst().nodeId());
    assertEquals(Topology.unknown(), seenBy(null, 1_500));
    assertEquals(Topology.unknown(), seenBy(credentials("stranger"), 1_500));
  }
}
