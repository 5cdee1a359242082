package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentEvent.StartSubscriptionClosed;
import io.skep.domain.engine.deployment.DeploymentEvent.StartSubscriptionOpened;

/// Which start events wait: those of the newest version of each process.
final class StartSubscriptions {
  private StartSubscriptions() {}

  /// Another version has become the newest, or there is none any more.
  static void renew(String bpmnProcessId, Turn turn) {
    for (StartSubscription subscription : turn.state().startSubscriptions().of(bpmnProcessId))
      turn.append(new StartSubscriptionClosed(subscription));
    ProcessDefinition latest = turn.state().processes().latest(bpmnProcessId);
    if (latest == null) return;
    for (int start : latest.model().triggeredStarts()) {
      turn.append(
          new StartSubscriptionOpened(new StartSubscription(turn.nextKey(), latest, start)));
    }
  }
}
