package io.skep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// One run of a cluster under a schedule: trouble for a while, and then none. What must hold is
/// checked while it happens, and at the end everything has to come to rest.
final class Simulation {
  private static final long CALM_MS = 1_000;
  private static final long TROUBLE_MS = 20_000;
  private static final long REST_MS = 90_000;
  private static final long LOOK_MS = 500;
  private static final int WORKERS = 3;

  private final SplittableRandom random;
  private final Cluster cluster;
  private final Clients clients;
  private final Fate fate;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Streamer> streamers = new ArrayList<>();
  private final List<Action> actions;

  /// What a run came to.
  ///
  /// @param failure what did not hold, `null` if all did
  /// @param told what was done
  record Result(
      Throwable failure, List<String> told, List<Action> actions, Tally tally, long records) {
    boolean isFailure() {
      return failure != null;
    }
  }

  private Simulation(long seed, List<Action> actions, Set<Bug> bugs) {
    random = new SplittableRandom(seed);
    this.actions = actions;
    cluster = new Cluster(brokers(random), 1 + random.nextInt(3), random.split(), bugs);
    clients = new Clients(cluster);
    fate = new Fate(cluster, clients);
    for (int i = 0; i < WORKERS; i++)
      workers.add(new Worker("worker-" + i, cluster, random.split()));
    int streaming = random.nextInt(3);
    for (int i = 0; i < streaming; i++)
      streamers.add(new Streamer("streamer-" + i, cluster, random.split()));
  }

  /// Three, mostly: that is where majorities are lost most easily.
  private static int brokers(SplittableRandom random) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> 1;
      case 2 -> 5;
      default -> 3;
    };
  }

  /// What a seed has in store.
  static List<Action> schedule(long seed) {
    return Action.draw(new SplittableRandom(~seed), TROUBLE_MS);
  }

  static Result run(long seed, Set<Bug> bugs) {
    return run(seed, schedule(seed), bugs);
  }

  static Result run(long seed, List<Action> actions, Set<Bug> bugs) {
    var simulation = new Simulation(seed, actions, bugs);
    Throwable failure = null;
    try {
      simulation.run();
    } catch (RuntimeException | AssertionError e) {
      failure = e;
    }
    return new Result(
        failure,
        List.copyOf(simulation.fate.told()),
        actions,
        simulation.cluster.tally(),
        simulation.cluster.history().records());
  }

  private void run() {
    clients.deployAll();
    runUntil(CALM_MS);
    while (!clients.haveDeployedAll()) {
      if (cluster.timeline().nowMs() > REST_MS)
        throw new AssertionError("it does not even begin: processes cannot be deployed");
      runUntil(cluster.timeline().nowMs() + 100);
    }
    long begin = cluster.timeline().nowMs();
    for (Action action : actions) cluster.timeline().in(action.atMs(), () -> fate.act(action));
    runUntil(begin + TROUBLE_MS);
    fate.end();
    workers.forEach(Worker::beDiligent);
    streamers.forEach(Streamer::beDiligent);
    var rest = new Rest(cluster, clients);
    long end = cluster.timeline().nowMs() + REST_MS;
    while (!rest.hasCome()) {
      if (cluster.timeline().nowMs() >= end)
        throw new AssertionError("it does not come to rest: " + rest.hindrance());
      if (!cluster.history().isAllAtRest()) clients.release(random);
      runUntil(cluster.timeline().nowMs() + LOOK_MS);
    }
    rest.check();
  }

  private void runUntil(long ms) {
    while (cluster.timeline().step(ms)) {}
  }
}
