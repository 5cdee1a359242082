package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker whose disk fills up, on a file system that really does.
class FullDiskIT {
  private static final int MEGABYTE = 1 << 20;

  /// So much goes into the log with each instance.
  private static final String LARGE = "{\"a\":\"%s\"}".formatted("x".repeat(100_000));

  @TempDir Path directory;

  /// Its log lies elsewhere.
  private SkepProcess broker(SmallDisk disk) {
    return SkepProcess.broker(directory)
        .with("ZEEBE_BROKER_DATA_DIRECTORY", disk.directory.resolve("data"))
        .with("ZEEBE_BROKER_DATA_DISK_MONITORINGINTERVAL", "100ms");
  }

  @Test
  void shouldRefuseCommandsBelowTheWatermarkAndGoOnOnceThereIsRoom() throws Exception {
    // given
    try (var disk = SmallDisk.mount(directory.resolve("disk"), 128);
        var skep =
            broker(disk)
                .with("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "32MB")
                .with("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "16MB")
                .start();
        var client = skep.client();
        var load = new Load(skep).start()) {
      await("instances", () -> load.createdCount() > 20);

      // when
      disk.fill(30 * MEGABYTE);
      await("to be not well", () -> skep.page("/health").statusCode() == 503);

      // then
      var refusal = assertThrows(ClientStatusException.class, () -> Models.create(client, "load"));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refusal.getStatusCode());
      assertTrue(
          skep.page("/health").body().contains("diskSpace: Expected at least 33554432 bytes free"),
          skep.page("/health")::body);
      assertEquals(200, skep.page("/ready").statusCode());
      assertTrue(skep.page("/metrics").body().contains("\ndisk_free_bytes{path="));
      assertTrue(skep.log().contains("commands are refused until there is"), skep::log);
      int before = load.createdCount();

      // when
      disk.clear();

      // then
      await("more instances", () -> load.createdCount() > before + 20);
      assertEquals(200, skep.page("/health").statusCode());
      assertTrue(skep.log().contains("commands are taken again"), skep::log);
      load.check();
    }
  }

  @Test
  void shouldLoseNothingThatWasAcknowledgedWhenAWriteFindsNoRoom() throws Exception {
    // given
    try (var disk = SmallDisk.mount(directory.resolve("disk"), 64);
        var skep = broker(disk).with("ZEEBE_BROKER_DATA_DISK_ENABLEMONITORING", false).start()) {
      var acknowledged = new ArrayList<Long>();
      try (ZeebeClient client = skep.client()) {
        Models.deploy(client, Models.oneTask("large", "large-work"));
        for (int i = 0; i < 20; i++) acknowledged.add(Models.create(client, "large", LARGE));

        // when: what the log has reserved is used up, and no more is to be had
        disk.fill(0);
        assertThrows(
            ClientStatusException.class,
            () -> {
              for (int i = 0; i < 1_000; i++)
                acknowledged.add(Models.create(client, "large", LARGE));
            });

        // then
        await("to be not well", () -> skep.page("/health").statusCode() == 503);
        var refusal =
            assertThrows(ClientStatusException.class, () -> Models.create(client, "large", "{}"));
        assertTrue(Load.isOutage(refusal), refusal::toString);
        assertTrue(skep.log().contains("Partition 1 has stopped"), skep::log);
        assertTrue(skep.isAlive());
      }

      // when
      skep.kill();
      disk.clear();
      skep.start();

      // then
      try (ZeebeClient client = skep.client()) {
        var found = new TreeSet<Long>();
        await(
            "all instances",
            () -> {
              jobs(client).forEach(job -> found.add(job.getProcessInstanceKey()));
              return found.containsAll(acknowledged);
            });
        // One may have been written before the answer could be.
        assertTrue(found.size() <= acknowledged.size() + 1, found::toString);
        assertFalse(acknowledged.isEmpty());
        Models.create(client, "large", LARGE);
      }
    }
  }

  private static List<ActivatedJob> jobs(ZeebeClient client) {
    return client
        .newActivateJobsCommand()
        .jobType("large-work")
        .maxJobsToActivate(100)
        .timeout(Duration.ofMinutes(5))
        .fetchVariables("none")
        .requestTimeout(Duration.ofSeconds(2))
        .send()
        .join()
        .getJobs();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "Expected " + what + " within 20 s");
      SkepProcess.pause(50);
    }
  }
}
