package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.grpc.Status;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway of its own before a single broker.
class GatewayIT {
  private static final Duration MOMENT = Duration.ofMillis(300);

  @TempDir Path directory;

  @Test
  void shouldServeClientsForABroker() {
    // given
    try (var broker =
            SkepProcess.broker(directory.resolve("broker"))
                .with("ZEEBE_BROKER_GATEWAY_ENABLE", false)
                .start();
        var gateway = SkepProcess.gateway(directory.resolve("gateway"), broker).start();
        var client = gateway.client()) {
      Models.deploy(client, Models.oneTask("apart", "apart-work"));

      // when
      long instance = Models.create(client, "apart");

      // then
      var jobs =
          client
              .newActivateJobsCommand()
              .jobType("apart-work")
              .maxJobsToActivate(1)
              .requestTimeout(Duration.ofSeconds(10))
              .send()
              .join()
              .getJobs();
      assertEquals(instance, jobs.getFirst().getProcessInstanceKey());
      client.newCompleteCommand(jobs.getFirst()).send().join();
      assertEquals(1, client.newTopologyRequest().send().join().getBrokers().size());
    }
  }

  @Test
  void shouldFindABrokerThatStartsLater() {
    // given
    var broker =
        SkepProcess.broker(directory.resolve("broker")).with("ZEEBE_BROKER_GATEWAY_ENABLE", false);
    try (var gateway = SkepProcess.gateway(directory.resolve("gateway"), broker).launch();
        var client = gateway.client()) {
      SkepProcess.pause(2_000);
      assertEquals(503, awaitPage(gateway).statusCode());

      // when
      var failure =
          assertThrows(
              ClientStatusException.class,
              () -> client.newCancelInstanceCommand(1L << 51).requestTimeout(MOMENT).send().join());
      broker.start();
      gateway.awaitReady();

      // then
      assertTrue(
          failure.getStatusCode() == Status.Code.UNAVAILABLE
              || failure.getStatusCode() == Status.Code.DEADLINE_EXCEEDED,
          failure::toString);
      Models.deploy(client, Models.oneTask("later", "later-work"));
    } finally {
      broker.close();
    }
  }

  private static HttpResponse<String> awaitPage(SkepProcess process) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        return process.page("/ready");
      } catch (UncheckedIOException e) {
        if (System.nanoTime() > deadline) throw e;
        SkepProcess.pause(50);
      }
    }
  }
}
