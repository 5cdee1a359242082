package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.skep.domain.Certificates;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS everywhere: clients trust the gateway's certificate, members each other's.
class TlsIT {
  @TempDir Path directory;

  @Test
  void shouldServeClientsAndMembersOverTlsAndNobodyElse() throws Exception {
    // given
    var member = Certificates.make(directory, "member");
    var gateway = Certificates.make(directory, "gateway");
    var cluster = new Cluster(directory).withGateway(0);
    cluster.with(
        broker ->
            broker
                .with("ZEEBE_BROKER_NETWORK_SECURITY_ENABLED", true)
                .with("ZEEBE_BROKER_NETWORK_SECURITY_KEYSTORE_FILEPATH", member.store())
                .with("ZEEBE_BROKER_NETWORK_SECURITY_KEYSTORE_PASSWORD", member.password()));
    cluster
        .gateways
        .getFirst()
        .with("ZEEBE_GATEWAY_CLUSTER_SECURITY_ENABLED", true)
        .with("ZEEBE_GATEWAY_CLUSTER_SECURITY_CERTIFICATECHAINPATH", member.chainFile())
        .with("ZEEBE_GATEWAY_CLUSTER_SECURITY_PRIVATEKEYPATH", member.keyFile())
        .with("ZEEBE_GATEWAY_SECURITY_ENABLED", true)
        .with("ZEEBE_GATEWAY_SECURITY_CERTIFICATECHAINPATH", gateway.chainFile())
        .with("ZEEBE_GATEWAY_SECURITY_PRIVATEKEYPATH", gateway.keyFile());
    try (cluster;
        var client = client(cluster.gateways.getFirst(), gateway.chainFile())) {
      cluster.brokers.forEach(SkepProcess::launch);
      cluster.gateways.forEach(SkepProcess::launch);
      cluster.brokers.forEach(SkepProcess::awaitReady);
      cluster.gateways.forEach(SkepProcess::awaitReady);

      // when
      Cluster.await(client, topology -> Cluster.leaders(topology).size() == Cluster.PARTITIONS);
      Models.deploy(client, Models.oneTask("secret", "secret-work"));
      Models.createOnEach(client, "secret", Cluster.PARTITIONS);

      // then
      try (var plain = cluster.client()) {
        assertThrows(
            ClientStatusException.class,
            () -> plain.newTopologyRequest().requestTimeout(Duration.ofSeconds(2)).send().join());
        awaitLine(cluster.gateways.getFirst(), "Refused a client");
      }
      assertEquals(0, load(cluster.gateways.getFirst(), "--ca=" + gateway.chainFile()));
      assertEquals(1, load(cluster.gateways.getFirst(), "--tls"), "nobody vouches for it");
      assertEquals(1, load(cluster.gateways.getFirst(), "--connections=1"), "it speaks plain text");

      // when: it knows whom to ask, but not how
      var outsider =
          SkepProcess.gateway(directory.resolve("outsider"), cluster.brokers.getFirst()).launch();
      try {
        awaitLine(outsider, "is up after");
        awaitLine(cluster.brokers.getFirst(), "Refused a connection on the Internal API");
        assertTrue(cluster.brokers.getFirst().log().contains("it speaks plain text"));
        assertEquals(503, outsider.page("/ready").statusCode());
      } finally {
        outsider.close();
      }
    }
  }

  @Test
  void shouldNotStartWithBadCertificates() throws Exception {
    // given
    Path broken = Files.writeString(directory.resolve("broken.crt"), "nothing of use");
    var broker =
        SkepProcess.broker(directory)
            .with("ZEEBE_BROKER_NETWORK_SECURITY_ENABLED", true)
            .with("ZEEBE_BROKER_NETWORK_SECURITY_CERTIFICATECHAINPATH", broken)
            .with("ZEEBE_BROKER_NETWORK_SECURITY_PRIVATEKEYPATH", broken);

    // when
    int exitCode = broker.launch().exitCode();

    // then
    assertEquals(1, exitCode, broker::log);
    assertTrue(broker.log().contains(broken.toString()), broker::log);
    assertTrue(broker.log().lines().noneMatch(line -> line.startsWith("\tat ")), broker::log);
  }

  private static ZeebeClient client(SkepProcess gateway, Path trusted) {
    return ZeebeClient.newClientBuilder()
        .grpcAddress(URI.create(gateway.grpcAddress().replace("http:", "https:")))
        .caCertificatePath(trusted.toString())
        .build();
  }

  /// Runs the load generator.
  private int load(SkepProcess gateway, String option) throws Exception {
    return SkepProcess.of(directory.resolve("load"), "bench")
        .withArgument("--address=127.0.0.1:" + gateway.ports.gateway())
        .withArgument("--duration=1")
        .withArgument("--warm-up=0")
        .withArgument("--in-flight=4")
        .withArgument(option)
        .launch()
        .exitCode();
  }

  private static void awaitLine(SkepProcess process, String text) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!process.log().contains(text)) {
      assertTrue(System.nanoTime() < deadline, process::log);
      SkepProcess.pause(50);
    }
  }
}
