package io.skep.e2e;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;

/// Processes that more than one test uses.
final class Models {
  private Models() {}

  /// Start, one service task, end.
  static BpmnModelInstance oneTask(String processId, String jobType) {
    return Bpmn.createExecutableProcess(processId)
        .startEvent()
        .serviceTask("task", task -> task.zeebeJobType(jobType))
        .endEvent()
        .done();
  }

  /// Start, a wait for a message, one service task, end.
  ///
  /// @param correlationKey the name of the variable that holds it
  static BpmnModelInstance messageThenTask(
      String processId, String messageName, String correlationKey, String jobType) {
    return Bpmn.createExecutableProcess(processId)
        .startEvent()
        .intermediateCatchEvent(
            "wait",
            event ->
                event.message(
                    m -> m.name(messageName).zeebeCorrelationKeyExpression(correlationKey)))
        .serviceTask("task", task -> task.zeebeJobType(jobType))
        .endEvent()
        .done();
  }

  /// @return the key of the process definition
  static long deploy(ZeebeClient client, BpmnModelInstance model) {
    return client
        .newDeployResourceCommand()
        .addProcessModel(model, "model.bpmn")
        .send()
        .join()
        .getProcesses()
        .getFirst()
        .getProcessDefinitionKey();
  }

  /// @return the key of the instance
  static long create(ZeebeClient client, String processId) {
    return create(client, processId, "{}");
  }

  /// @param variables as JSON
  /// @return the key of the instance
  static long create(ZeebeClient client, String processId, String variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId(processId)
        .latestVersion()
        .variables(variables)
        .send()
        .join()
        .getProcessInstanceKey();
  }

  /// Creates instances until there is one on each partition.
  ///
  /// @return a key for each partition, at the partition's number
  static long[] createOnEach(ZeebeClient client, String processId, int partitions) {
    var keys = new long[partitions + 1];
    for (int found = 0; found < partitions; ) {
      long key = create(client, processId);
      int partition = partitionOf(key);
      if (keys[partition] == 0) found++;
      keys[partition] = key;
    }
    return keys;
  }

  /// Clients may take a key apart: the partition is in its upper 13 bits.
  static int partitionOf(long key) {
    return (int) (key >>> 51);
  }
}
