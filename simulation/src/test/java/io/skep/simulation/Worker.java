package io.skep.simulation;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.in.JobActivation;
import io.skep.port.out.Reply;
import io.skep.simulation.Tally.What;
import java.util.List;
import java.util.SplittableRandom;

/// Asks for jobs, one request at a time, and does most of them.
final class Worker {
  private static final long LOOK_MS = 200;

  private final String name;
  private final Cluster cluster;
  private final SplittableRandom random;
  private final Hands hands;
  private GatewayProcess gateway;
  private JobActivation.Request request;
  private int rounds;

  /// Whether it does all it gets at once.
  private boolean diligent;

  Worker(String name, Cluster cluster, SplittableRandom random) {
    this.name = name;
    this.cluster = cluster;
    this.random = random;
    this.hands = new Hands(cluster, random);
    look();
  }

  void beDiligent() {
    diligent = true;
    hands.beDiligent();
  }

  /// Asks anew if nothing is under way.
  private void look() {
    cluster.timeline().in(LOOK_MS, this::look);
    if (gateway != null && gateway.isUp()) {
      // Some workers go away while they wait.
      if (!diligent && request != null && random.nextInt(40) == 0) cancel();
      return;
    }
    List<GatewayProcess> gateways = cluster.gateways();
    if (gateways.isEmpty()) return;
    gateway = gateways.get(random.nextInt(gateways.size()));
    request = null;
    int round = ++rounds;
    GatewayProcess asked = gateway;
    asked.machine.run(() -> request = asked.jobs.activate(command(), 0, new End(asked, round)));
  }

  private void cancel() {
    JobActivation.Request cancelled = request;
    gateway.machine.run(cancelled::cancel);
    gateway = null;
    rounds++;
  }

  private ActivateJobs command() {
    long timeoutMs = diligent ? 5_000 : 300 + random.nextInt(3_000);
    return new ActivateJobs(
        Models.JOB_TYPE,
        name,
        timeoutMs,
        1 + random.nextInt(4),
        List.of(),
        List.of(Clients.TENANT),
        1_000_000);
  }

  /// Where jobs of one request arrive.
  private final class End implements JobActivation.Receiver {
    private final GatewayProcess gateway;
    private final int round;

    End(GatewayProcess gateway, int round) {
      this.gateway = gateway;
      this.round = round;
    }

    @Override
    public boolean onJobs(List<ActivatedJob> jobs) {
      // Sometimes it has gone and the gateway finds out only now.
      if (round != rounds || !diligent && random.nextInt(4) == 0) return false;
      cluster.tally().count(What.JOBS_FETCHED, jobs.size());
      for (ActivatedJob job : jobs) hands.take(job, gateway);
      return true;
    }

    @Override
    public void onDone() {
      next();
    }

    @Override
    public void onFailure(Reply reply) {
      if (reply instanceof Reply.Answered(Answer answer))
        throw new AssertionError("jobs were refused: " + answer);
      next();
    }

    private void next() {
      if (round == rounds) Worker.this.gateway = null;
    }
  }
}
