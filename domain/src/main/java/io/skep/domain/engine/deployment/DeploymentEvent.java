package io.skep.domain.engine.deployment;

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

  /// The answer waits for the other partitions.
  ///
  /// @param request whom to answer
  /// @param messages the number in the outbox of the message for each other partition, by partition
  /// @param answerAtMs when to answer even if a partition cannot be reached, epoch milliseconds
  record DistributionStarted(
      long key,
      long request,
      List<DeployedProcess> processes,
      String tenantId,
      long[] messages,
      long answerAtMs)
      implements DeploymentEvent {}

  /// A partition has it.
  record DistributionAcknowledged(long key, int partitionId) implements DeploymentEvent {}

  /// Every partition has it, or enough has been waited.
  record DistributionEnded(long key) implements DeploymentEvent {}
}
