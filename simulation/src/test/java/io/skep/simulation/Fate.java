package io.skep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Does what a schedule says, and tells what that came to.
final class Fate {
  private final Cluster cluster;
  private final Clients clients;
  private final List<String> told = new ArrayList<>();

  Fate(Cluster cluster, Clients clients) {
    this.cluster = cluster;
    this.clients = clients;
  }

  /// What was done, in order.
  List<String> told() {
    return told;
  }

  void act(Action action) {
    var random = new SplittableRandom(action.seed());
    String what =
        switch (action.kind()) {
          case CREATE -> {
            clients.create(random);
            yield "create an instance";
          }
          case PUBLISH -> {
            clients.publish(random);
            yield "publish a message";
          }
          case BROADCAST -> {
            clients.broadcast(random);
            yield "broadcast a signal";
          }
          case REPAIR -> {
            clients.repair(random);
            yield "resolve an incident";
          }
          case CANCEL -> {
            clients.cancel(random);
            yield "cancel an instance";
          }
          case DEPLOY -> {
            clients.deploy(random);
            yield "deploy a new version";
          }
          case CRASH_BROKER ->
              crash(random.nextInt(cluster.brokerCount()), 200 + random.nextInt(6_000));
          case CRASH_ALL_BROKERS -> crashAll(random);
          case CRASH_GATEWAY -> crashGateway(random);
          case PAUSE -> pause(machine(random), 300 + random.nextInt(5_000));
          case SLOW_DOWN -> slowDown(machine(random), random);
          case SET_CLOCK -> setClock(machine(random), random.nextInt(-4_000, 4_001));
          case CUT -> cut(random);
          case SPLIT -> split(random);
          case DISTURB -> disturb(random);
          case STEP_DOWN -> stepDown(random);
          case HAND_OVER -> handOver(random);
          case FILL_DISK -> fillDisk(random);
        };
    told.add("%3d. at %5d ms: %s".formatted(action.number(), cluster.timeline().nowMs(), what));
  }

  private void later(long ms, Runnable what) {
    cluster.timeline().in(ms, what);
  }

  private Machine machine(SplittableRandom random) {
    List<Machine> machines = cluster.machines();
    return machines.isEmpty() ? null : machines.get(random.nextInt(machines.size()));
  }

  private String crash(int nodeId, long downMs) {
    cluster.crashBroker(nodeId);
    later(downMs, () -> cluster.startBroker(nodeId));
    return "broker-%d crashes for %d ms".formatted(nodeId, downMs);
  }

  private String crashAll(SplittableRandom random) {
    for (int node = 0; node < cluster.brokerCount(); node++)
      crash(node, 200 + random.nextInt(3_000));
    return "all brokers crash";
  }

  private String crashGateway(SplittableRandom random) {
    int number = random.nextInt(Cluster.GATEWAYS);
    cluster.crashGateway(number);
    later(500 + random.nextInt(2_000), () -> cluster.startGateway(number));
    return "gateway-%d crashes".formatted(number);
  }

  private String pause(Machine machine, long ms) {
    if (machine == null || machine.isPaused()) return "nothing to pause";
    machine.pause();
    later(ms, machine::resume);
    return "%s pauses for %d ms".formatted(machine.name, ms);
  }

  private String slowDown(Machine machine, SplittableRandom random) {
    if (machine == null) return "nothing to slow down";
    machine.slowDown(20 + random.nextInt(random.nextInt(3) == 0 ? 2_000 : 300));
    later(1_000 + random.nextInt(6_000), () -> machine.slowDown(0));
    return "%s is slow by %d ms".formatted(machine.name, machine.slowMs());
  }

  private String setClock(Machine machine, long ms) {
    if (machine == null) return "nothing to set a clock of";
    machine.jump(ms);
    return "%s sets its clock by %d ms".formatted(machine.name, ms);
  }

  private String cut(SplittableRandom random) {
    Machine from = machine(random);
    Machine to = machine(random);
    if (from == null || from == to) return "nothing to cut";
    boolean bothWays = random.nextBoolean();
    cutFor(from.name, to.name, bothWays, 500 + random.nextInt(6_000));
    return "cut from %s to %s%s".formatted(from.name, to.name, bothWays ? " and back" : "");
  }

  private void cutFor(String from, String to, boolean bothWays, long ms) {
    Network network = cluster.network();
    network.cut(from, to);
    if (bothWays) network.cut(to, from);
    later(
        ms,
        () -> {
          network.mend(from, to);
          network.mend(to, from);
        });
  }

  /// One machine from all others, or from all but one.
  private String split(SplittableRandom random) {
    Machine alone = machine(random);
    if (alone == null) return "nothing to split";
    int mode = random.nextInt(3);
    long ms = 500 + random.nextInt(6_000);
    for (Machine other : cluster.machines()) {
      if (other == alone) continue;
      if (mode == 0) cutFor(alone.name, other.name, true, ms);
      else if (mode == 1) cutFor(alone.name, other.name, false, ms);
      else cutFor(other.name, alone.name, false, ms);
    }
    String how = List.of("is cut off", "is not heard", "hears nobody").get(mode);
    return "%s %s for %d ms".formatted(alone.name, how, ms);
  }

  private String disturb(SplittableRandom random) {
    double loss = random.nextInt(4) * 0.1;
    double repetition = random.nextInt(3) * 0.2;
    long delayMs = 1 + random.nextInt(200);
    cluster.network().behave(loss, repetition, delayMs);
    later(1_000 + random.nextInt(8_000), () -> cluster.network().behave(0, 0, 3));
    return "the network loses %.1f, repeats %.1f and delays by up to %d ms"
        .formatted(loss, repetition, delayMs);
  }

  private String stepDown(SplittableRandom random) {
    int partitionId = 1 + random.nextInt(cluster.partitionCount());
    for (BrokerProcess broker : cluster.brokers()) broker.log(partitionId).stepDown();
    return "nobody leads partition %d".formatted(partitionId);
  }

  private String handOver(SplittableRandom random) {
    int partitionId = 1 + random.nextInt(cluster.partitionCount());
    for (BrokerProcess broker : cluster.brokers())
      broker.machine.run(broker.log(partitionId)::handOver);
    return "the lead of partition %d is handed over".formatted(partitionId);
  }

  private String fillDisk(SplittableRandom random) {
    int nodeId = random.nextInt(cluster.brokerCount());
    cluster.fillDisk(nodeId);
    later(500 + random.nextInt(8_000), () -> cluster.clearDisk(nodeId));
    return "the disk of broker-%d fills up".formatted(nodeId);
  }

  /// All is well from now on.
  void end() {
    for (int node = 0; node < cluster.brokerCount(); node++) cluster.clearDisk(node);
    cluster.network().heal();
    cluster.network().behave(0, 0, 3);
    for (Machine machine : cluster.machines()) {
      machine.slowDown(0);
      machine.resume();
    }
    for (int node = 0; node < cluster.brokerCount(); node++) cluster.startBroker(node);
    for (int number = 0; number < Cluster.GATEWAYS; number++) cluster.startGateway(number);
  }
}
