package io.skep.domain.engine;

import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.json.JsonObject;
import java.util.List;

/// What the sender of a command is told.
public sealed interface Answer
    permits Rejection,
        Answer.Done,
        Answer.ResourcesDeployed,
        Answer.InstanceCreated,
        Answer.InstanceCompleted,
        Answer.JobsActivated,
        Answer.MessagesReceived {

  /// It is done.
  ///
  /// @param key of the record that did it; what SetVariables answers with
  record Done(long key) implements Answer {}

  /// @param processes without the content of their files
  record ResourcesDeployed(long deploymentKey, List<DeployedProcess> processes, String tenantId)
      implements Answer {}

  record InstanceCreated(
      long processDefinitionKey,
      String bpmnProcessId,
      int version,
      long processInstanceKey,
      String tenantId)
      implements Answer {}

  record InstanceCompleted(InstanceCreated instance, JsonObject variables) implements Answer {}

  /// @param truncated whether there are more, because the answer would have grown too large or the
  ///   turn too long; they are there to be asked for at once, even if there are none in the answer
  record JobsActivated(List<ActivatedJob> jobs, boolean truncated) implements Answer {}

  /// @param upToNumber the highest number that was received without a gap
  record MessagesReceived(long upToNumber) implements Answer {}
}
