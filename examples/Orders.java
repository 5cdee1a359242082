import io.camunda.zeebe.client.ZeebeClient;

/// What the tour needs of a client.
///
/// - `examples/run Orders deploy` deploys order.bpmn
/// - `examples/run Orders create COUNT VARIABLES` creates orders with these variables, as JSON
/// - `examples/run Orders repair INSTANCE INCIDENT VARIABLES` sets variables of an instance and has
///   its incident, by key, tried again
public class Orders {
  public static void main(String[] arguments) {
    try (var client = ZeebeClient.newClientBuilder().usePlaintext().build()) {
      switch (arguments[0]) {
        case "deploy" -> deploy(client);
        case "create" -> create(client, Integer.parseInt(arguments[1]), arguments[2]);
        case "repair" ->
            repair(
                client, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]), arguments[3]);
        default ->
            throw new IllegalArgumentException(
                "Expected deploy, create or repair, but got " + arguments[0]);
      }
    }
  }

  private static void deploy(ZeebeClient client) {
    var deployment =
        client.newDeployResourceCommand().addResourceFile("examples/order.bpmn").send().join();
    var process = deployment.getProcesses().getFirst();
    System.out.printf(
        "Deployed version %d of %s%n", process.getVersion(), process.getBpmnProcessId());
  }

  private static void create(ZeebeClient client, int count, String variables) {
    for (int i = 0; i < count; i++) {
      var instance =
          client
              .newCreateInstanceCommand()
              .bpmnProcessId("order")
              .latestVersion()
              .variables(variables)
              .send()
              .join();
      System.out.printf("Created order %d%n", instance.getProcessInstanceKey());
    }
  }

  private static void repair(ZeebeClient client, long instance, long incident, String variables) {
    client.newSetVariablesCommand(instance).variables(variables).send().join();
    client.newResolveIncidentCommand(incident).send().join();
    System.out.printf("Repaired order %d%n", instance);
  }
}
