package io.skep.port.in;

import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.Membership;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

@Singleton
final class JobActivationUseCase implements JobActivation {
  /// What was learned of this many types is kept while nobody asks for them; of more it is
  /// forgotten at once.
  static final int MOST_IDLE_TYPES = 1_000;

  private final ConcurrentMap<String, JobLine> lines = new ConcurrentHashMap<>();
  private final JobLine.Outside outside;

  @Inject
  JobActivationUseCase(
      BrokerClient brokers,
      Membership membership,
      Scheduler scheduler,
      Clock clock,
      GatewaySettings settings,
      CommandGateway commands,
      GatewayMetrics metrics) {
    this.outside =
        new JobLine.Outside(brokers, membership, scheduler, clock, settings, commands, metrics);
    membership.onChange(_ -> lines.values().forEach(JobLine::topologyChanged));
    brokers.onJobsAvailable(
        new BrokerClient.JobsAvailable() {
          @Override
          public void jobsAvailable(int partitionId, String type) {
            JobLine line = lines.get(type);
            // Nobody has asked for this type for long, and who asks next asks every partition.
            if (line != null) line.jobsAvailable(partitionId);
          }

          @Override
          public void newsLost(int nodeId) {
            lines.values().forEach(line -> line.newsLost(nodeId));
          }
        });
  }

  @Override
  public Request activate(ActivateJobs command, long requestTimeoutMs, Receiver receiver) {
    var longPolling = outside.settings().longPolling();
    long waitMs =
        !longPolling.enabled()
            ? -1
            : requestTimeoutMs == 0 ? longPolling.timeout().toMillis() : requestTimeoutMs;
    var request = new JobRequest(command, waitMs, outside.clock().nanoTime(), receiver);
    enter(request);
    return request;
  }

  private void enter(JobRequest request) {
    lines.computeIfAbsent(request.command.type(), this::open).enter(request, () -> enter(request));
  }

  private JobLine open(String type) {
    return new JobLine(type, outside, () -> forgetIfTooMany(type));
  }

  private void forgetIfTooMany(String type) {
    if (lines.size() <= MOST_IDLE_TYPES) return;
    // Out of the map first: who finds it closed then opens another.
    lines.remove(type).close();
  }

  /// How many types are known.
  int types() {
    return lines.size();
  }
}
