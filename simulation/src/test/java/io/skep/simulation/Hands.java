package io.skep.simulation;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply;
import java.util.SplittableRandom;

/// What workers do with jobs: most get done, some fail, take too long, or are forgotten.
final class Hands {
  private static final long TIMEOUT_MS = 6_000;

  private final Cluster cluster;
  private final SplittableRandom random;

  /// Whether all get done at once.
  private boolean diligent;

  Hands(Cluster cluster, SplittableRandom random) {
    this.cluster = cluster;
    this.random = random;
  }

  void beDiligent() {
    diligent = true;
  }

  /// @param gateway by which the job came, and by which its end is told
  void take(ActivatedJob job, GatewayProcess gateway) {
    cluster.history().delivered(job.key(), job.deadlineMs());
    int mood = diligent ? 9 : random.nextInt(10);
    if (mood == 0) return;
    long workMs = mood == 1 ? 6_000 : random.nextInt(diligent ? 50 : 1_000);
    JobCommand end =
        mood == 2
            ? new FailJob(
                job.key(), random.nextInt(3), random.nextInt(1_500), "no", JsonObject.empty())
            : new CompleteJob(job.key(), JsonObject.empty());
    gateway.machine.schedule(workMs, () -> gateway.commands.send(end, TIMEOUT_MS, ended(end)));
  }

  private Reply.Listener ended(JobCommand end) {
    return reply -> {
      if (end instanceof CompleteJob(long key, _) && reply instanceof Reply.Answered(Answer.Done _))
        cluster.history().completionAcknowledged(key);
    };
  }
}
