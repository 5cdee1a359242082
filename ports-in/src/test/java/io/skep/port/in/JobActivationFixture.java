package io.skep.port.in;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.out.NoMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// A gateway that is asked for jobs, and brokers that answer when the test says so.
final class JobActivationFixture {
  static final long NO_WAIT = -1;

  final SimulatedTime time = new SimulatedTime();
  final FakeBrokers brokers = new FakeBrokers();

  /// How many requests for the type `work` were said to wait, each time it was said.
  final List<Integer> waiting = new ArrayList<>();

  JobActivation activation(FakeMembership membership) {
    return activation(membership, GatewaySettings.defaults());
  }

  JobActivation activation(FakeMembership membership, GatewaySettings settings) {
    var watch = new TopologyWatch(membership, time);
    var leaders = new LeaderCalls(brokers, membership, time);
    var commands = new CommandGatewayUseCase(leaders, membership, watch, time, settings);
    return new JobActivationUseCase(brokers, membership, time, time, settings, commands, metrics());
  }

  /// Answers what was asked last.
  void answer(long... counters) {
    brokers.last().answer(activated(counters));
  }

  static JobsActivated activated(long... counters) {
    return new JobsActivated(jobs(counters), false);
  }

  static List<ActivatedJob> jobs(long... counters) {
    return LongStream.of(counters).mapToObj(counter -> job(1, counter)).toList();
  }

  static ActivatedJob job(int partitionId, long counter) {
    return SampleJobs.job(Routing.key(partitionId, counter));
  }

  static YieldJobs givenBack(long... counters) {
    return new YieldJobs(
        LongStream.of(counters)
            .mapToObj(counter -> new Activation(Routing.key(1, counter), SampleJobs.DEADLINE_MS))
            .toList());
  }

  static ActivateJobs command(String type, int maxJobs) {
    return new ActivateJobs(type, "w", 1_000, maxJobs, List.of(), List.of("<default>"), 1_000_000);
  }

  private NoMetrics metrics() {
    return new NoMetrics() {
      @Override
      public void waiting(String jobType, int requests) {
        if (jobType.equals("work")) waiting.add(requests);
      }
    };
  }
}
