package io.skep.e2e;

import java.util.SplittableRandom;

/// Something that goes wrong in a cluster for a while.
enum Fault {
  /// A broker is killed, stays down, and comes back with its data.
  KILL {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      SkepProcess broker = anyBroker(cluster, random);
      broker.kill();
      SkepProcess.pause(random.nextLong(3_000));
      broker.start();
    }
  },
  /// A broker stands still, and then goes on as if nothing had been.
  PAUSE {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      SkepProcess broker = anyBroker(cluster, random);
      broker.suspend();
      SkepProcess.pause(random.nextLong(500, 5_000));
      broker.resume();
    }
  },
  /// Nothing passes between a broker and all others.
  CUT_OFF {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      cluster.network.cutOff(anyBroker(cluster, random));
      SkepProcess.pause(random.nextLong(500, 5_000));
      cluster.network.heal();
    }
  },
  /// What one broker says to another does not arrive; the other way round it does.
  ONE_WAY {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      int from = random.nextInt(Cluster.BROKERS);
      int to = (from + 1 + random.nextInt(Cluster.BROKERS - 1)) % Cluster.BROKERS;
      cluster.network.cut(cluster.brokers.get(from), cluster.brokers.get(to));
      SkepProcess.pause(random.nextLong(500, 5_000));
      cluster.network.heal();
    }
  },
  /// Everything takes longer.
  DELAY {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      cluster.network.delay(random.nextLong(10, 120));
      SkepProcess.pause(random.nextLong(1_000, 4_000));
      cluster.network.heal();
    }
  },
  /// One broker after the other is told to stop, and started again.
  ROLLING_RESTART {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      for (SkepProcess broker : cluster.brokers) {
        broker.terminate();
        broker.start();
      }
    }
  },
  /// All brokers lose their power at once.
  KILL_ALL {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      cluster.brokers.forEach(SkepProcess::kill);
      cluster.brokers.forEach(SkepProcess::launch);
      cluster.brokers.forEach(SkepProcess::awaitReady);
    }
  },
  /// The gateway that all clients have goes away and comes back.
  KILL_GATEWAY {
    @Override
    void happen(Cluster cluster, SplittableRandom random) {
      SkepProcess gateway = cluster.gateways.getFirst();
      gateway.kill();
      gateway.start();
    }
  };

  /// Happens and passes.
  abstract void happen(Cluster cluster, SplittableRandom random);

  private static SkepProcess anyBroker(Cluster cluster, SplittableRandom random) {
    return cluster.brokers.get(random.nextInt(cluster.brokers.size()));
  }
}
