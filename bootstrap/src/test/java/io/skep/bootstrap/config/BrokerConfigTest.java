package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.port.in.LimitSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the values: settings for each part of a broker.
class BrokerConfigTest {
  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void setUp() {
    given = new Given(directory);
  }

  @Test
  void shouldHandEveryPartItsSettings() {
    // given
    given.yaml(
        """
        zeebe:
          broker:
            network: {maxMessageSize: 2MB, host: 127.0.0.1}
            data:
              directory: there
              logSegmentSize: 32MB
              snapshotPeriod: 1h
              disk: {monitoringInterval: 2s, freeSpace: {processing: 3GB, replication: 512MB}}
            cluster:
              nodeId: 1
              clusterSize: 3
              replicationFactor: 3
              partitionsCount: 5
              clusterName: bees
              initialContactPoints: [a:1]
              electionTimeout: 1s
            backpressure: {algorithm: fixed, fixed.limit: 7}
            gateway:
              network: {minKeepAliveInterval: 5s, maxMessageSize: 1MB}
              cluster.requestTimeout: PT3S
              longPolling: {enabled: off, timeout: 2500, probeTimeout: 1m, minEmptyResponses: 9}
        skep.broker.recordLog.file: /tmp/records
        skep.broker.data.logBetweenSnapshots: 64MB
        """);

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    var internal = broker.internalApi();
    assertEquals(directory.resolve("there"), internal.dataDirectory());
    assertEquals(32 << 20, internal.segmentBytes());
    assertEquals(Duration.ofHours(1), internal.snapshotInterval());
    assertEquals(64 << 20, internal.bytesBetweenSnapshots());
    assertEquals(1, internal.nodeId());
    assertEquals(3, internal.clusterSize());
    assertEquals(3, internal.replicationFactor());
    assertEquals(5, internal.partitionCount());
    assertEquals("bees", internal.clusterName());
    assertEquals(List.of(new Address("a", 1)), internal.contactPoints());
    assertEquals(Duration.ofSeconds(1), internal.electionTimeoutMin());
    assertEquals(Duration.ofSeconds(2), internal.electionTimeoutMax());
    assertTrue(internal.maxEntryBytes() > 2 << 20);
    assertEquals("bees", broker.commandApi().clusterName());
    assertEquals(1, broker.commandApi().localNodeId());
    assertTrue(broker.commandApi().maxFrameBytes() > 2 << 20);
    assertEquals(LimitSettings.fixed(7), broker.partitions().limit());
    assertEquals(5, broker.partitions().partitionCount());
    assertEquals(Duration.ofSeconds(5), broker.gatewayApi().minKeepAliveInterval());
    assertEquals(1 << 20, broker.gatewayApi().maxMessageBytes());
    assertEquals(Duration.ofSeconds(3), broker.gateway().requestTimeout());
    assertFalse(broker.gateway().longPolling().enabled());
    assertEquals(Duration.ofMillis(2500), broker.gateway().longPolling().timeout());
    assertEquals(Duration.ofMinutes(1), broker.gateway().longPolling().probeTimeout());
    assertEquals(9, broker.gateway().longPolling().minEmptyResponses());
    assertTrue(broker.disk().isWatched());
    assertEquals(Duration.ofSeconds(2), broker.disk().interval());
    assertEquals(3L << 30, broker.disk().processingBytes());
    assertEquals(512L << 20, broker.disk().replicationBytes());
    assertEquals(Path.of("/tmp/records"), broker.records().file());
    assertTrue(
        broker.monitoring().properties().stream()
            .anyMatch(
                property ->
                    property.key().equals("zeebe.broker.cluster.nodeId")
                        && property.value().equals("1")
                        && property.source().equals("config/skep.yaml:10")));
  }

  @Test
  void shouldReadHowTheLimitFollowsLatency() {
    // given
    given.yaml(
        "zeebe.broker.backpressure.aimd: {requestTimeout: 1s, initialLimit: 7, minLimit: 3, maxLimit: 9, backoffRatio: 0.5}");

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertEquals(
        new LimitSettings(7, 3, 9, Duration.ofSeconds(1), 0.5), broker.partitions().limit());
  }

  @Test
  void shouldFitTheLimitToTheBoundThatIsSet() {
    // when
    BrokerConfig low =
        BrokerConfig.of(given.argument("zeebe.broker.backpressure.aimd.maxLimit=5").broker());

    // then
    assertEquals(5, low.partitions().limit().initial());
    assertEquals(5, low.partitions().limit().min());
  }

  @Test
  void shouldNotLimitCommandsWithoutBackPressure() {
    // when
    BrokerConfig broker =
        BrokerConfig.of(given.argument("zeebe.broker.backpressure.enabled=false").broker());

    // then
    assertTrue(broker.partitions().limit().min() > 100_000);
  }

  @Test
  void shouldAddTheOffsetToEveryPort() {
    // when
    BrokerConfig broker =
        BrokerConfig.of(given.argument("zeebe.broker.network.portOffset=5").broker());

    // then
    assertEquals(26550, broker.gatewayApi().port());
    assertEquals(26551, broker.commandApi().port());
    assertEquals(26552, broker.internalApi().port());
    assertEquals(9650, broker.monitoring().port());
    assertEquals(26552, broker.internalApi().advertised().port());
  }

  @Test
  void shouldPickFreePortsForZero() {
    // when
    BrokerConfig broker =
        BrokerConfig.of(
            given
                .argument("zeebe.broker.network.commandApi.port=0")
                .argument("zeebe.broker.network.internalApi.port=0")
                .broker());

    // then
    assertTrue(broker.commandApi().port() > 0);
    assertEquals(broker.commandApi().port(), broker.internalApi().commandApi().port());
    assertTrue(broker.commandApi().port() != broker.internalApi().port());
  }

  @Test
  void shouldAdvertiseWhatIsSetAndElseWhatIsBound() {
    // given
    given
        .argument("zeebe.broker.network.host=127.0.0.7")
        .argument("zeebe.broker.network.internalApi.advertisedHost=broker.example")
        .argument("zeebe.broker.network.internalApi.advertisedPort=7");

    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());
    given.argument("zeebe.broker.network.advertisedHost=all.example");
    BrokerConfig other = BrokerConfig.of(given.broker());

    // then
    assertEquals(new Address("broker.example", 7), broker.internalApi().advertised());
    assertEquals(new Address("127.0.0.7", 26501), broker.internalApi().commandApi());
    assertEquals(new Address("all.example", 26501), other.internalApi().commandApi());
  }

  @Test
  void shouldAdvertiseAnAddressThatOthersCanReachWhenAllAreBound() {
    // when
    BrokerConfig broker = BrokerConfig.of(given.broker());

    // then
    assertFalse(Hosts.isEveryAddress(broker.internalApi().advertised().host()));
  }
}
