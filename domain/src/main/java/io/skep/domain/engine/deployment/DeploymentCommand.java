package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Command;
import java.util.List;

/// What can be done with definitions.
public sealed interface DeploymentCommand extends Command {

  /// Deploys files: all of them or none.
  ///
  /// @param tenantId whose they are, `<default>` if there are no tenants
  record DeployResources(List<Resource> resources, String tenantId) implements DeploymentCommand {}

  /// Brings what partition 1 deployed to another partition. A message between partitions.
  ///
  /// @param processes with the keys and versions that partition 1 gave them
  record DistributeDeployment(long deploymentKey, List<DeployedProcess> processes)
      implements DeploymentCommand {}

  /// Deletes a version of a process: no new instances. Those that run go on.
  ///
  /// @param resourceKey the process definition key
  record DeleteResource(long resourceKey) implements DeploymentCommand {}

  /// Deletes on another partition what partition 1 has deleted. A message between partitions.
  record DistributeDeletion(long resourceKey) implements DeploymentCommand {}

  /// A partition has all messages up to a number. Never comes from outside.
  record NoteDelivery(int partitionId, long upToNumber) implements DeploymentCommand {}

  /// Enough has been waited for other partitions. Never comes from outside.
  record EndDistribution(long deploymentKey) implements DeploymentCommand {}
}
