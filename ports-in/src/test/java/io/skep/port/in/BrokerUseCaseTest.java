package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.create;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.domain.engine.Rejection;
import io.skep.port.in.NodeStatus.PartitionReport;
import io.skep.port.out.Clock;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Replica;
import io.skep.port.out.Reply.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BrokerUseCaseTest {
  private final BrokerWorld world = new BrokerWorld(3, 3);
  private final FakeLogs logs = new FakeLogs();

  /// Holds two of three partitions.
  private final BrokerUseCase broker = broker(Duration.ofSeconds(20));

  private BrokerUseCase broker(Duration drainTimeout) {
    PartitionEnvironment shared = world.environment(0);
    var environment =
        new PartitionEnvironment(
            new PartitionSettings(0, 3, 3, 2, 100, drainTimeout),
            shared.reader(),
            shared.codec(),
            new RealClock(),
            shared.scheduler(),
            shared.membership(),
            shared.leaders(),
            shared.metrics(),
            shared.records(),
            shared.disk(),
            shared.log());
    return new BrokerUseCase(environment, logs);
  }

  @Test
  void shouldOpenThePartitionsItHolds() {
    // given
    assertEquals(List.of(1, 3), broker.all().stream().map(PartitionReport::partitionId).toList());
    assertFalse(broker.all().getFirst().healthy());

    // when
    broker.start();

    // then
    assertEquals(List.of(1, 3), List.copyOf(logs.opened.keySet()));
    assertEquals("FOLLOWER", broker.all().getFirst().role());

    // when
    logs.elect(3);

    // then
    assertEquals("LEADER", broker.all().getLast().role());
    assertTrue(broker.all().getLast().healthy());
  }

  @Test
  void shouldRunCommandsOfThePartitionsItLeads() {
    // given
    broker.start();
    logs.elect(1);

    // then
    Asker led = submit(1, new FakeSession());
    assertEquals(Reason.NOT_LEADER, submit(3, new FakeSession()).refusal());
    assertEquals(Reason.NOT_LEADER, submit(2, new FakeSession()).refusal());
    assertEquals(Reason.NOT_LEADER, submit(-1, new FakeSession()).refusal());
    logs.opened.get(1).settle();
    assertInstanceOf(Rejection.class, led.answer());
  }

  @Test
  void shouldWaitForWhatIsUnderWayWhenItStops() throws Exception {
    // given
    broker.start();
    logs.elect(1);
    Asker underWay = submit(1, new FakeSession());

    // when
    Thread stopping = Thread.ofPlatform().start(broker::stop);
    while (true) {
      Asker late = submit(1, new FakeSession());
      if (late.isTold() && late.refusal() == Reason.NOT_LEADER) break;
    }
    logs.opened.get(1).settle();
    stopping.join();

    // then
    assertInstanceOf(Rejection.class, underWay.answer());
    assertEquals(Reason.NOT_LEADER, submit(1, new FakeSession()).refusal());
    assertTrue(logs.opened.get(1).members().isEmpty(), "the log is closed");
    assertEquals("INACTIVE", broker.all().getFirst().role());
  }

  @Test
  void shouldNotWaitForEverWhenItStops() {
    // given
    BrokerUseCase impatient = broker(Duration.ofMillis(50));
    impatient.start();
    logs.elect(1);
    var underWay = new Asker();
    impatient.submit(
        1, create("order"), world.codec.encode(create("order")), new FakeSession(), underWay);

    // when
    impatient.stop();

    // then
    assertEquals(Reason.INTERRUPTED, underWay.refusal());
  }

  @Test
  void shouldForgetGatewaysThatHaveGone() {
    // given
    broker.start();
    logs.elect(1);
    var gateway = new FakeSession();
    submitActivation(gateway);

    // when
    broker.sessionClosed(gateway);
    submitActivation(gateway);
    broker.sessionClosed(gateway);

    // then
    assertEquals(List.of(), gateway.news);
  }

  private void submitActivation(FakeSession gateway) {
    var command = SimulatedPartition.activate("work");
    broker.submit(1, command, world.codec.encode(command), gateway, new Asker());
  }

  private Asker submit(int partitionId, FakeSession session) {
    var asker = new Asker();
    broker.submit(
        partitionId, create("nowhere"), world.codec.encode(create("nowhere")), session, asker);
    return asker;
  }

  private static final class FakeLogs implements PartitionLogs {
    final Map<Integer, SimulatedLog> opened = new TreeMap<>();

    @Override
    public PartitionLog open(Replicas partition, Replica replica) {
      var log = new SimulatedLog();
      opened.put(partition.partitionId(), log);
      return log.join(0, replica, 0);
    }

    void elect(int partitionId) {
      SimulatedLog log = opened.get(partitionId);
      log.elect(log.members().getFirst());
    }
  }

  private static final class RealClock implements Clock {
    @Override
    public long nowMs() {
      return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }
  }
}
