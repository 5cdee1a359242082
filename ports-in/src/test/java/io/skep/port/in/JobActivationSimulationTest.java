package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.in.GatewaySettings.LongPolling;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Many workers, jobs and faults in random order. `-Dseed=` repeats a run.
class JobActivationSimulationTest {
  private static final int RUNS = Integer.getInteger("runs", 300);
  private static final List<String> TYPES = List.of("a", "b");

  @Test
  void shouldLoseNoJobAndLeaveNobodyWaitingWhileThereAreJobs() {
    Seeds.of(RUNS, random -> new World(random).live());
  }

  private static final class World {
    private final SimulatedTime time = new SimulatedTime();
    private final SplittableRandom random;
    private final int nodes;
    private final int partitions;
    private final SimulatedBrokers brokers;
    private final JobActivation activation;
    private final List<Worker> workers = new ArrayList<>();

    private World(SplittableRandom random) {
      this.random = random;
      this.nodes = random.nextInt(1, 4);
      this.partitions = random.nextInt(1, 5);
      var membership = new FakeMembership(nodes, partitions);
      this.brokers = new SimulatedBrokers(time, random, membership, partitions);
      // News alone must do: a probe would cover up what was missed.
      var settings =
          new GatewaySettings(
              Duration.ofSeconds(2),
              new LongPolling(
                  true, Duration.ofSeconds(10), Duration.ofDays(1), random.nextInt(1, 4)));
      var watch = new TopologyWatch(membership, time);
      var leaders = new LeaderCalls(brokers, membership, time);
      var commands = new CommandGatewayUseCase(leaders, membership, watch, time, settings);
      this.activation =
          new JobActivationUseCase(
              brokers, membership, time, time, settings, commands, NoMetrics.create());
      for (int p = 1; p <= partitions; p++) brokers.elect(p, random.nextInt(nodes));
    }

    private void live() {
      for (int day = 0; day < 4; day++) {
        brokers.faulty = true;
        for (int step = 0; step < 100; step++) {
          act();
          time.pass(random.nextInt(30));
        }
        comeToRest();
      }
    }

    private void act() {
      switch (random.nextInt(12)) {
        case 0, 1, 2, 3 -> workers.add(new Worker(anyType()).start());
        case 4, 5, 6, 7 -> brokers.createJob(random.nextInt(partitions) + 1, anyType());
        case 8 -> {
          if (!workers.isEmpty()) workers.get(random.nextInt(workers.size())).leave();
        }
        case 9 -> brokers.elect(random.nextInt(partitions) + 1, random.nextInt(nodes));
        case 10 -> brokers.loseConnection(random.nextInt(nodes));
        case 11 -> {
          String type = anyType();
          for (int i = 0; i < 10; i++) brokers.createJob(random.nextInt(partitions) + 1, type);
        }
        default -> throw new AssertionError();
      }
    }

    /// Without faults, everything settles within a few seconds: the time-out of a request, and one
    /// retry.
    private void comeToRest() {
      brokers.faulty = false;
      time.pass(6_000);
      for (String type : TYPES) {
        long waiting = workers.stream().filter(w -> w.type.equals(type) && w.isWaiting()).count();
        int available = brokers.available(type);
        assertTrue(
            waiting == 0 || available == 0,
            () -> "%d wait for %s while there are %d".formatted(waiting, type, available));
      }
      assertEquals(0, brokers.onTheirWay.size(), "neither delivered nor given back");

      // And nobody asks any more.
      int asked = brokers.asked;
      time.pass(3_000);
      assertEquals(asked, brokers.asked);

      time.pass(60_000);
      for (Worker worker : workers) assertTrue(worker.ended || worker.gone, "left without an end");
      assertEquals(0, time.scheduledWithin(3_600_000), "timers that were left behind");
    }

    private String anyType() {
      return TYPES.get(random.nextInt(TYPES.size()));
    }

    private final class Worker implements JobActivation.Receiver {
      private final String type;
      private final int maxJobs = random.nextInt(1, 6);
      private final boolean waits = random.nextInt(5) > 0;
      private int taken;
      private boolean ended;
      private boolean gone;
      private JobActivation.Request request;

      private Worker(String type) {
        this.type = type;
      }

      private Worker start() {
        long timeoutMs = waits ? random.nextInt(3) * 5_000 : -1;
        request = activation.activate(JobActivationFixture.command(type, maxJobs), timeoutMs, this);
        return this;
      }

      private boolean isWaiting() {
        return !ended && !gone;
      }

      private void leave() {
        if (ended) return;
        gone = true;
        request.cancel();
      }

      @Override
      public boolean onJobs(List<ActivatedJob> jobs) {
        assertTrue(isWaiting(), "jobs after the end");
        taken += jobs.size();
        assertTrue(taken <= maxJobs, "more than wanted");
        if (random.nextInt(10) == 0) return false;
        jobs.forEach(brokers::delivered);
        return true;
      }

      @Override
      public void onDone() {
        assertTrue(isWaiting(), "a second end");
        ended = true;
      }

      @Override
      public void onFailure(Reply reply) {
        assertEquals(0, taken, "a failure after jobs");
        onDone();
      }
    }
  }
}
