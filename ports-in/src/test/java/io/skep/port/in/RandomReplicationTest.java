package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.State;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.outbox.Mailbox;
import io.skep.port.out.CheckpointStore.Image;
import io.skep.port.out.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Two partitions on three brokers: leads come and go at any point, brokers crash and come back
/// from a snapshot, the network between them loses and repeats. `-Dseed=` repeats a run that
/// failed, `-Dseeds=` tries more of them.
///
/// In the end all replicas are equal, nothing that was acknowledged is lost, each message between
/// partitions has taken effect once, and everybody who asked a broker that did not crash was told
/// once.
class RandomReplicationTest {
  private static final int SEEDS = Integer.getInteger("seeds", 40);
  private static final int STEPS = 400;
  private static final int BROKERS = 3;
  private static final int QUIET_ROUNDS = 400;

  @Test
  void shouldKeepItsPromisesWhoeverLeads() {
    Seeds.of(SEEDS, random -> new Run(random).run());
  }

  private static final class Run {
    private final SplittableRandom random;
    private final BrokerWorld world = new BrokerWorld(BROKERS, 2);
    private final List<SimulatedPartition> partitions = new ArrayList<>();
    private final LossyNetwork network;

    /// Who asked a broker that has not crashed since, by broker.
    private final Map<Integer, List<Asker>> askers = new LinkedHashMap<>();

    private final Map<Asker, Long> completions = new LinkedHashMap<>();
    private final List<Asker> creations = new ArrayList<>();

    /// Their instances may be at work in the end.
    private final Set<Asker> awaiting = new LinkedHashSet<>();

    private final List<Asker> activations = new ArrayList<>();
    private final List<ActivatedJob> jobs = new ArrayList<>();
    private int down = -1;

    /// What the broker that is down will find on its disk, by partition.
    private final List<OnDisk> disk = new ArrayList<>();

    private int deployments;

    /// @param snapshot `null` if there is none
    private record OnDisk(Image snapshot, long index) {}

    Run(SplittableRandom random) {
      this.random = random;
      network = new LossyNetwork(world, random.split(), partitions);
      world.network = network;
      for (int id = 1; id <= 2; id++) partitions.add(new SimulatedPartition(world, id, 0, 1, 2));
      for (int nodeId = 0; nodeId < BROKERS; nodeId++) askers.put(nodeId, new ArrayList<>());
    }

    void run() {
      for (SimulatedPartition partition : partitions) partition.elect(0);
      for (int step = 0; step < STEPS; step++) step();
      calmDown();
      check();
    }

    private void step() {
      SimulatedPartition partition = partitions.get(random.nextInt(2));
      switch (random.nextInt(16)) {
        case 0 -> {
          if (deployments < 5) deploy();
        }
        case 1, 2, 3 -> creations.add(submit(partition, SimulatedPartition.create("p1")));
        case 4 -> awaiting.add(submit(partition, SimulatedPartition.createAwaiting("p1")));
        case 5 -> activations.add(submit(partition, SimulatedPartition.activate("work")));
        case 6, 7 -> complete();
        case 8, 9, 10 -> partition.log.commit();
        case 11, 12 -> anyMember(partition).applyAll();
        case 13 -> world.time.pass(random.nextInt(2_000));
        case 14 -> changeLead(partition);
        default -> crashOrRestart();
      }
    }

    private void deploy() {
      String id = "p" + ++deployments;
      ModelBuilder model = ModelBuilder.process(id).start("start").task("work").end("end");
      submit(partitions.getFirst(), partitions.getFirst().deployment(model));
    }

    private void complete() {
      for (Asker asker : activations) {
        if (asker.isTold()
            && asker.reply() instanceof Reply.Answered(Answer.JobsActivated(var found, _))) {
          jobs.addAll(found);
        }
      }
      activations.removeIf(Asker::isTold);
      if (jobs.isEmpty()) return;
      ActivatedJob job = jobs.remove(random.nextInt(jobs.size()));
      var partition = partitions.get(Routing.ofKey(job.key()) - 1);
      Asker asker = submit(partition, SimulatedPartition.complete(job));
      completions.put(asker, job.processInstanceKey());
    }

    /// Asks a broker that most likely leads.
    private Asker submit(SimulatedPartition partition, Command command) {
      int nodeId =
          partition.log.leader() == null || random.nextInt(10) == 0
              ? anyMember(partition).nodeId()
              : partition.log.leader().nodeId();
      Asker asker = partition.submit(nodeId, command, null);
      askers.get(nodeId).add(asker);
      return asker;
    }

    private SimulatedLog.Member anyMember(SimulatedPartition partition) {
      List<SimulatedLog.Member> members = partition.log.members();
      return members.get(random.nextInt(members.size()));
    }

    private void changeLead(SimulatedPartition partition) {
      if (random.nextInt(3) == 0) partition.stepDown();
      else partition.elect(anyMember(partition).nodeId(), random.nextInt(3));
    }

    private void crashOrRestart() {
      if (down >= 0) {
        restart();
        return;
      }
      if (random.nextBoolean()) return;
      down = random.nextInt(BROKERS);
      disk.clear();
      for (SimulatedPartition partition : partitions) {
        // What it has on its disk may be old.
        if (random.nextBoolean()) partition.member(down).applyAll();
        disk.add(
            random.nextBoolean()
                ? new OnDisk(null, 0)
                : new OnDisk(partition.snapshot(down), partition.member(down).appliedIndex()));
        partition.crash(down, random.nextInt(3));
      }
      askers.get(down).clear();
    }

    private void restart() {
      for (int p = 0; p < 2; p++) {
        OnDisk found = disk.get(p);
        partitions.get(p).start(down, found.snapshot, found.index);
      }
      down = -1;
    }

    /// Everything works again, until there is nothing left to do.
    private void calmDown() {
      if (down >= 0) restart();
      network.faulty = false;
      for (SimulatedPartition partition : partitions)
        partition.elect(anyMember(partition).nodeId());
      for (int round = 0; round < QUIET_ROUNDS; round++) {
        partitions.forEach(partition -> partition.log.settle());
        world.time.pass(100);
      }
      partitions.forEach(partition -> partition.log.settle());
    }

    private void check() {
      partitions.forEach(SimulatedPartition::assertReplicasAgree);
      assertEquals(List.of(), world.errors);
      State first = partitions.get(0).state(0);
      State second = partitions.get(1).state(0);
      Mailbox sent = first.mailboxes().get(2);
      assertEquals(0, sent.unacknowledgedCount(), "mail that did not arrive");
      assertEquals(sent.lastSent(), second.mailboxes().get(1).lastReceived());
      assertEquals(first.processes().size(), second.processes().size());
      checkAskers();
      checkInstances(List.of(first, second));
    }

    private void checkAskers() {
      for (List<Asker> ofBroker : askers.values()) {
        for (Asker asker : ofBroker) {
          if (asker.isTold() || !awaiting.contains(asker)) asker.reply();
        }
      }
      // Also those whose broker has crashed.
      for (Asker asker : creations) assertTrue(asker.timesTold() <= 1);
      for (Asker asker : completions.keySet()) assertTrue(asker.timesTold() <= 1);
    }

    /// Those whose completion nobody is sure of are left out.
    private void checkInstances(List<State> states) {
      Set<Long> completed = new LinkedHashSet<>(completions.values());
      for (Asker asker : creations) {
        if (!(asker.isTold()
            && asker.reply() instanceof Reply.Answered(Answer.InstanceCreated created))) continue;
        long key = created.processInstanceKey();
        if (!completed.contains(key)) {
          assertNotNull(find(key, states), "an instance that was acknowledged is lost");
        }
      }
      completions.forEach(
          (asker, key) -> {
            if (asker.isTold() && asker.reply() instanceof Reply.Answered(Answer.Done _)) {
              assertNull(find(key, states), "a completion that was acknowledged is lost");
            }
          });
    }

    private static Object find(long key, List<State> states) {
      return states.get(Routing.ofKey(key) - 1).elements().get(key);
    }
  }
}
