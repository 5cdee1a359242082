package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.outbox.Mail;
import java.util.List;

/// Brings to every partition what partition 1 has decided, and answers once they have it.
final class Distributions {
  /// How long the answer waits for partitions that cannot be reached. Well below the gateway's time
  /// for a request.
  static final long MAX_WAIT_MS = 5_000;

  private Distributions() {}

  /// @param key of the deployment or deletion
  /// @param messages for each other partition, one at least
  static void begin(long key, Answer answer, List<? extends Command> messages, Turn turn) {
    if (turn.partitionCount() == 1) {
      turn.answer(answer);
      return;
    }
    long[] last = new long[turn.partitionCount() + 1];
    for (int partition = 1; partition <= turn.partitionCount(); partition++) {
      if (partition == turn.state().partitionId()) continue;
      for (Command message : messages) last[partition] = Mail.send(partition, message, turn);
    }
    turn.append(
        new DistributionStarted(key, turn.request(), answer, last, turn.nowMs() + MAX_WAIT_MS));
    turn.answerLater();
  }

  static void noteDelivery(int partitionId, long upToNumber, Turn turn) {
    for (long key : turn.state().distributions().sortedKeys()) {
      if (!turn.state().distributions().get(key).waitsFor(partitionId, upToNumber)) continue;
      turn.append(new DistributionAcknowledged(key, partitionId));
      if (turn.state().distributions().get(key).isComplete()) end(key, turn);
    }
  }

  static void end(long key, Turn turn) {
    Distribution distribution = turn.state().distributions().get(key);
    if (distribution == null) return;
    DistributionStarted started = distribution.started();
    turn.append(new DistributionEnded(key));
    turn.reply(started.request(), started.answer());
  }
}
