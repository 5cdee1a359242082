package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayStatusUseCaseTest {
  private final StartProgress start = new StartProgress();
  private Topology topology = Topology.unknown();
  private long nanos = 17;
  private final Clock clock =
      new Clock() {
        @Override
        public long nowMs() {
          return 0;
        }

        @Override
        public long nanoTime() {
          return nanos;
        }
      };
  private final NodeStatus status = new GatewayStatusUseCase(start, () -> topology, clock);

  @Test
  void shouldBeReadyOnceALeaderIsKnown() {
    // given
    start.finish();
    assertFalse(status.readiness().isUp());
    assertEquals("no partition leader is known", status.readiness().checks().getLast().detail());

    // when
    topology = led();

    // then
    assertTrue(status.readiness().isUp());
    assertTrue(status.health().isUp());
  }

  @Test
  void shouldNotBeReadyBeforeTheStartIsThrough() {
    // given
    topology = led();

    // when
    var report = status.readiness();

    // then
    assertFalse(report.isUp());
  }

  @Test
  void shouldStayAliveForFiveMinutesWithoutALeader() {
    // given
    topology = led();
    nanos = GatewayStatusUseCase.TOLERANCE_NANOS;
    assertTrue(status.liveness().isUp());
    topology = Topology.unknown();

    // when
    nanos += GatewayStatusUseCase.TOLERANCE_NANOS - 1;
    boolean before = status.liveness().isUp();
    nanos += 1;
    boolean after = status.liveness().isUp();

    // then
    assertTrue(before);
    assertFalse(after);
  }

  private static Topology led() {
    var leader = new PartitionState(1, PartitionRole.LEADER, 1, true);
    var broker = new Broker(0, new Address("localhost", 26501), "8.6.0", List.of(leader));
    return new Topology(List.of(broker), 1, 1, 1);
  }
}
