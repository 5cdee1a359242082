package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/// What tests ask of a broker and wait for.
final class Calls {
  private Calls() {}

  static Map<String, Object> createWithResult(
      ZeebeClient client, String processId, String variables) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId(processId)
        .latestVersion()
        .variables(variables)
        .withResult()
        .requestTimeout(Duration.ofSeconds(20))
        .send()
        .join()
        .getVariablesAsMap();
  }

  static List<ActivatedJob> activate(ZeebeClient client, String jobType) {
    return activate(client, jobType, Duration.ofMinutes(5));
  }

  static List<ActivatedJob> activate(ZeebeClient client, String jobType, Duration timeout) {
    return client
        .newActivateJobsCommand()
        .jobType(jobType)
        .maxJobsToActivate(10)
        .timeout(timeout)
        .requestTimeout(Duration.ofSeconds(2))
        .send()
        .join()
        .getJobs();
  }

  static void assertNotFound(Executable command) {
    var failure = assertThrows(ClientStatusException.class, command);
    assertEquals(Status.Code.NOT_FOUND, failure.getStatusCode());
  }
}
