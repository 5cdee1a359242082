import io.camunda.zeebe.client.ZeebeClient;
import java.util.Map;

/// Does the work of order.bpmn until it is stopped: `examples/run OrderWorker`.
public class OrderWorker {
  public static void main(String[] arguments) throws InterruptedException {
    try (var client = ZeebeClient.newClientBuilder().usePlaintext().build()) {
      client
          .newWorker()
          .jobType("collect-payment")
          .handler(
              (jobs, job) -> {
                System.out.printf("%d: payment collected%n", job.getProcessInstanceKey());
                jobs.newCompleteCommand(job).variables(Map.of("paid", true)).send().join();
              })
          .open();
      client
          .newWorker()
          .jobType("ship-parcel")
          .handler(
              (jobs, job) -> {
                System.out.printf("%d: parcel shipped%n", job.getProcessInstanceKey());
                jobs.newCompleteCommand(job).send().join();
              })
          .open();
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
