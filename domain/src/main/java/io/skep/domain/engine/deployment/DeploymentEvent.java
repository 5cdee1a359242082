package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Event;
import java.util.List;

/// What has become of deployments.
public sealed interface DeploymentEvent extends Event {

  /// A version of a process is there.
  record ProcessDeployed(ProcessDefinition definition) implements DeploymentEvent {
    @Override
    public long key() {
      return definition.key();
    }
  }

  /// @param processes also those that had not changed
  record ResourcesDeployed(long key, List<DeployedProcess> processes, String tenantId)
      implements DeploymentEvent {}

  /// No new instances of a version of a process are made.
  ///
  /// @param running how many instances of it go on here
  record ProcessDeleted(ProcessDefinition definition, int running) implements DeploymentEvent {
    @Override
    public long key() {
      return definition.key();
    }
  }

  /// @param key of the deletion
  record ResourceDeleted(long key, long resourceKey, String tenantId) implements DeploymentEvent {}

  /// A start event waits for its message or signal.
  record StartSubscriptionOpened(StartSubscription subscription) implements DeploymentEvent {
    @Override
    public long key() {
      return subscription.key();
    }
  }

  /// A start event waits no longer: there is a newer version, or this one was deleted.
  record StartSubscriptionClosed(StartSubscription subscription) implements DeploymentEvent {
    @Override
    public long key() {
      return subscription.key();
    }
  }

  /// The answer waits for the other partitions.
  ///
  /// @param key of the deployment, or of the deletion
  /// @param request whom to answer
  /// @param answer [Answer.ResourcesDeployed] or [Answer.Done]
  /// @param messages the number in the outbox of the message for each other partition, by partition
  /// @param answerAtMs when to answer even if a partition cannot be reached, epoch milliseconds
  record DistributionStarted(
      long key, long request, Answer answer, long[] messages, long answerAtMs)
      implements DeploymentEvent {}

  /// A partition has it.
  record DistributionAcknowledged(long key, int partitionId) implements DeploymentEvent {}

  /// Every partition has it, or enough has been waited.
  record DistributionEnded(long key) implements DeploymentEvent {}
}
