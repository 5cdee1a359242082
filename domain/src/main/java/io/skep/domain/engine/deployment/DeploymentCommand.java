package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Command;
import java.util.List;

/// What can be done with definitions.
public sealed interface DeploymentCommand extends Command {

  /// Deploys files: all of them or none.
  ///
  /// @param tenantId whose they are, `<default>` if there are no tenants
  record DeployResources(List<Resource> resources, String tenantId) implements DeploymentCommand {}

  /// Brings what partition 1 deployed to another partition.
  ///
  /// @param processes with the keys and versions that partition 1 gave them
  record DistributeDeployment(long deploymentKey, List<DeployedProcess> processes)
      implements DeploymentCommand {}
}
