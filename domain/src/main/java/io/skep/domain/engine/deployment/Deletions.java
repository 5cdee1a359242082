package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeletion;
import io.skep.domain.engine.deployment.DeploymentEvent.ProcessDeleted;
import io.skep.domain.engine.deployment.DeploymentEvent.ResourceDeleted;
import java.util.List;

/// Deletes versions of processes on every partition.
final class Deletions {
  private Deletions() {}

  static void delete(long resourceKey, Turn turn) {
    ProcessDefinition definition = turn.state().processes().get(resourceKey);
    if (definition == null) {
      turn.reject(
          Reason.NOT_FOUND,
          "Expected to delete the resource with key '%d', but there is none"
              .formatted(resourceKey));
      return;
    }
    int running = turn.state().elements().countInstances(resourceKey);
    if (running > 0) {
      turn.reject(
          Reason.INVALID_STATE,
          "Expected to delete the resource with key '%d', but %d of its instances still run"
              .formatted(resourceKey, running));
      return;
    }
    long key = turn.nextKey();
    delete(definition, 0, turn);
    turn.append(new ResourceDeleted(key, resourceKey, definition.tenantId()));
    Distributions.begin(
        key, new Answer.Done(key), List.of(new DistributeDeletion(resourceKey)), turn);
  }

  /// Zeebe's rule, which clients can observe: only instances on the definition's own partition keep
  /// it from being deleted. Those on others go on without it.
  static void take(long resourceKey, Turn turn) {
    ProcessDefinition definition = turn.state().processes().get(resourceKey);
    if (definition != null)
      delete(definition, turn.state().elements().countInstances(resourceKey), turn);
  }

  private static void delete(ProcessDefinition definition, int running, Turn turn) {
    boolean isLatest = turn.state().processes().latest(definition.bpmnProcessId()) == definition;
    turn.append(new ProcessDeleted(definition, running));
    if (isLatest) StartSubscriptions.renew(definition.bpmnProcessId(), turn);
  }
}
