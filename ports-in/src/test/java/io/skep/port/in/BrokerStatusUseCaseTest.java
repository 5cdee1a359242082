package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.port.in.NodeStatus.PartitionReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerStatusUseCaseTest {
  private final StartProgress start = new StartProgress();
  private final List<PartitionReport> partitions = new ArrayList<>();
  private final SimulatedTime time = new SimulatedTime();
  private final FakeDisk disk = new FakeDisk(time, new FakeDisk.Told());
  private final NodeStatus status =
      new BrokerStatusUseCase(start, () -> List.copyOf(partitions), disk.room);

  @Test
  void shouldNameStepsThatAreMissingInTheStart() {
    // given
    start.expect(List.of("internalApi", "commandApi", "gatewayApi"));

    // when
    start.done("internalApi");

    // then
    assertFalse(status.startup().isUp());
    assertEquals(
        "not started: commandApi, gatewayApi", status.startup().checks().getFirst().detail());
  }

  @Test
  void shouldBeStartedOnlyWhenTheStartIsFinished() {
    // given
    start.expect(List.of("internalApi"));
    start.done("internalApi");
    assertFalse(status.startup().isUp());

    // when
    start.finish();

    // then
    assertTrue(status.startup().isUp());
  }

  @Test
  void shouldBeReadyOnceAllPartitionsTakePart() {
    // given
    start.finish();
    partitions.add(partition(1, "LEADER", true));
    partitions.add(partition(2, "INACTIVE", true));
    assertFalse(status.readiness().isUp());
    assertEquals(
        "partitions that do not take part: 2", status.readiness().checks().getFirst().detail());

    // when
    partitions.set(1, partition(2, "FOLLOWER", true));

    // then
    assertTrue(status.readiness().isUp());
  }

  @Test
  void shouldStayReadyWhenAPartitionIsLost() {
    // given
    start.finish();
    partitions.add(partition(1, "LEADER", true));
    assertTrue(status.readiness().isUp());

    // when
    partitions.set(0, partition(1, "INACTIVE", false));

    // then
    assertTrue(status.readiness().isUp());
    assertTrue(status.liveness().isUp());
    assertFalse(status.health().isUp());
    assertEquals("partitions that are not well: 1", status.health().checks().getLast().detail());
  }

  @Test
  void shouldStayReadyAndAliveButNotBeWellWithAFullDisk() {
    // given
    start.finish();
    partitions.add(partition(1, "LEADER", true));
    disk.room.start();
    assertTrue(status.readiness().isUp());
    assertTrue(status.health().isUp());

    // when
    disk.freeBytes = 99;
    time.pass(FakeDisk.INTERVAL_MS);

    // then
    assertFalse(status.health().isUp());
    String detail =
        status.health().checks().stream()
            .filter(check -> check.name().equals("diskSpace"))
            .findFirst()
            .orElseThrow()
            .detail();
    assertEquals(
        "Expected at least 100 bytes free on the disk of '/data', but there are 99", detail);
    assertTrue(status.readiness().isUp());
    assertTrue(status.liveness().isUp());
    assertEquals(
        new NodeStatus.DiskReport("/data", 99, 100, 40, false, true), status.disks().getFirst());
  }

  @Test
  void shouldNotBeReadyBeforeTheStartIsThrough() {
    // given
    partitions.add(partition(1, "LEADER", true));

    // when
    var report = status.readiness();

    // then
    assertFalse(report.isUp());
    assertEquals("the start is not through", report.checks().getFirst().detail());
  }

  @Test
  void shouldNotBeReadyWithoutAnyPartition() {
    // given
    start.finish();

    // when
    var report = status.readiness();

    // then
    assertFalse(report.isUp());
  }

  private static PartitionReport partition(int id, String role, boolean healthy) {
    return new PartitionReport(id, role, 1, 0, 0, 0, -1, healthy);
  }
}
