package io.skep.simulation;

import io.skep.domain.engine.job.ActivatedJob;
import io.skep.port.in.JobStreaming;
import io.skep.port.in.JobStreaming.Terms;
import io.skep.simulation.Tally.What;
import java.util.List;
import java.util.SplittableRandom;

/// Has jobs pushed, and does most of them. Now and then it cannot take any, or goes away and comes
/// back.
final class Streamer {
  private static final long LOOK_MS = 300;

  private final String name;
  private final Cluster cluster;
  private final Hands hands;
  private final SplittableRandom random;
  private GatewayProcess gateway;
  private JobStreaming.Stream stream;
  private int opened;
  private boolean ready = true;
  private boolean diligent;

  Streamer(String name, Cluster cluster, SplittableRandom random) {
    this.name = name;
    this.cluster = cluster;
    this.random = random;
    this.hands = new Hands(cluster, random);
    look();
  }

  void beDiligent() {
    diligent = true;
    hands.beDiligent();
    becomeReady();
  }

  private void look() {
    cluster.timeline().in(LOOK_MS, this::look);
    if (gateway == null || !gateway.isUp()) {
      open();
    } else if (!diligent && random.nextInt(30) == 0) {
      close();
    } else if (!diligent && random.nextInt(10) == 0) {
      ready = false;
    } else {
      becomeReady();
    }
  }

  private void becomeReady() {
    if (ready) return;
    ready = true;
    if (gateway != null && stream != null) gateway.machine.run(stream::ready);
  }

  private void open() {
    List<GatewayProcess> gateways = cluster.gateways();
    if (gateways.isEmpty()) return;
    GatewayProcess chosen = gateways.get(random.nextInt(gateways.size()));
    gateway = chosen;
    stream = null;
    int number = ++opened;
    long timeoutMs = 1_000 + random.nextInt(3) * 1_000;
    var terms =
        new Terms(Models.JOB_TYPE, name, timeoutMs, List.of(), List.of(Clients.TENANT), 1_000_000);
    chosen.machine.run(() -> stream = chosen.streams.open(terms, new End(chosen, number)));
  }

  private void close() {
    JobStreaming.Stream closed = stream;
    if (closed != null) gateway.machine.run(closed::close);
    gateway = null;
    opened++;
  }

  /// Where the jobs of one stream arrive.
  private final class End implements JobStreaming.Receiver {
    private final GatewayProcess through;
    private final int number;

    End(GatewayProcess through, int number) {
      this.through = through;
      this.number = number;
    }

    @Override
    public boolean isReady() {
      return number == opened && ready;
    }

    @Override
    public boolean onJob(ActivatedJob job) {
      if (number != opened || !diligent && random.nextInt(8) == 0) return false;
      cluster.tally().count(What.JOBS_PUSHED);
      hands.take(job, through);
      return true;
    }
  }
}
