package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that fails: whoever it belongs to stops, and tells nobody that something is safe.
class DiskFaultIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"sync", "write"})
  void shouldStopAPartitionWhoseLogFailsAndLoseNothingThatWasAcknowledged(String operation)
      throws Exception {
    // given
    var disk = new DiskFault(directory, "/log_");
    try (var skep = disk.under(SkepProcess.broker(directory)).start()) {
      var acknowledged = new ArrayList<Long>();
      try (ZeebeClient client = skep.client()) {
        Models.deploy(client, Models.oneTask("bad-disk", "bad-disk-work"));
        for (int i = 0; i < 20; i++) acknowledged.add(Models.create(client, "bad-disk"));

        // when
        fail(disk, operation);
        var outage =
            assertThrows(ClientStatusException.class, () -> Models.create(client, "bad-disk"));

        // then
        assertTrue(Load.isOutage(outage), outage::toString);
        assertStopped(skep);

        // when: a disk that is well again has forgotten what it did not confirm
        disk.heal();
        SkepProcess.pause(1_000);

        // then
        outage = assertThrows(ClientStatusException.class, () -> Models.create(client, "bad-disk"));
        assertTrue(Load.isOutage(outage), outage::toString);
        assertStopped(skep);
      }

      // when
      assertEquals(0, skep.terminate(), skep::log);
      skep.start();

      // then
      try (ZeebeClient client = skep.client()) {
        Set<Long> found = awaitAll(acknowledged, client, skep);
        // One may have been written before the answer could be.
        assertTrue(found.size() <= acknowledged.size() + 1, found::toString);
        Models.create(client, "bad-disk");
        assertEquals(200, skep.page("/health").statusCode());
      }
    }
  }

  @Test
  void shouldStopAPartitionWhoseSnapshotFails() throws Exception {
    // given
    var disk = new DiskFault(directory, "/tmp/state.");
    try (var skep =
        disk.under(SkepProcess.broker(directory))
            .with("SKEP_BROKER_DATA_LOGBETWEENSNAPSHOTS", "1MB")
            .start()) {
      var acknowledged = new ArrayList<Long>();
      try (ZeebeClient client = skep.client()) {
        Models.deploy(client, Models.oneTask("bad-disk", "bad-disk-work"));
        disk.failSyncs();

        // when
        String large = "{\"a\":\"%s\"}".formatted("x".repeat(100_000));
        assertThrows(
            ClientStatusException.class,
            () -> {
              while (acknowledged.size() < 1_000)
                acknowledged.add(Models.create(client, "bad-disk", large));
            });

        // then
        assertTrue(acknowledged.size() >= 10, acknowledged::toString);
        assertStopped(skep);
      }

      // when
      disk.heal();
      skep.kill();
      skep.start();

      // then
      try (ZeebeClient client = skep.client()) {
        awaitAll(acknowledged, client, skep);
      }
    }
  }

  private static void fail(DiskFault disk, String operation) throws IOException {
    if (operation.equals("sync")) disk.failSyncs();
    else disk.failWrites();
  }

  /// Jobs of all these instances.
  ///
  /// @return the instances whose jobs came
  private static Set<Long> awaitAll(List<Long> instances, ZeebeClient client, SkepProcess skep) {
    var found = new TreeSet<Long>();
    await(
        "all instances",
        skep,
        () -> {
          Calls.activate(client, "bad-disk-work")
              .forEach(job -> found.add(job.getProcessInstanceKey()));
          return found.containsAll(instances);
        });
    return found;
  }

  private static void assertStopped(SkepProcess skep) {
    await("to be not well", skep, () -> skep.page("/health").statusCode() == 503);
    assertTrue(
        skep.page("/health").body().contains("partitions that are not well: 1"),
        skep.page("/health")::body);
    assertTrue(skep.log().contains("Partition 1 has stopped"), skep::log);
    assertTrue(skep.log().contains("Input/output error"), skep::log);
    // Its clients are told, and probes do not make a disk well.
    assertTrue(skep.isAlive());
    assertEquals(200, skep.page("/ready").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "write"})
  void shouldHaveOthersLeadWhenTheDiskOfABrokerFails(String operation) throws Exception {
    // given
    var disk = new DiskFault(directory, "broker-0/data/");
    try (var cluster = new Cluster(directory).withGateway(1)) {
      disk.under(cluster.brokers.getFirst());
      cluster.start();
      SkepProcess failing = cluster.brokers.getFirst();
      try (var load = new Load(cluster.client()).start();
          var client = cluster.client()) {
        cluster.awaitRest(client);
        await("instances", failing, () -> load.createdCount() > 20);

        // when
        fail(disk, operation);

        // then
        Cluster.await(
            client,
            topology -> {
              var leaders = Cluster.leaders(topology);
              return leaders.size() == Cluster.PARTITIONS && !leaders.containsValue(0);
            });
        int before = load.createdCount();
        await("more instances", failing, () -> load.createdCount() > before + 50);
        await("to be not well", failing, () -> failing.page("/health").statusCode() == 503);
        assertTrue(failing.log().contains("Input/output error"), failing::log);

        // when
        disk.heal();
        failing.kill();
        failing.start();

        // then
        await("to be well", failing, () -> failing.page("/health").statusCode() == 200);
        cluster.awaitRest(client);
        load.check();
      }
    }
  }

  @Test
  void shouldNotStartOnADiskThatFails() throws Exception {
    // given
    var disk = new DiskFault(directory, "/data/");
    disk.failSyncs();

    // when
    try (var skep = disk.under(SkepProcess.broker(directory)).launch()) {
      int code = skep.exitCode();

      // then
      assertEquals(1, code, skep::log);
      assertTrue(skep.log().contains("Input/output error"), skep::log);
      assertFalse(skep.log().contains("is up after"), skep::log);
    }
  }

  private static void await(String what, SkepProcess skep, BooleanSupplier condition) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(
          System.nanoTime() < deadline, () -> "Expected " + what + " within 30 s:\n" + skep.log());
      SkepProcess.pause(50);
    }
  }
}
