package io.skep.port.in;

import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.Membership;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

@Singleton
final class JobStreamingUseCase implements JobStreaming {
  private final ConcurrentMap<Terms, JobStreamGroup> groups = new ConcurrentHashMap<>();
  private final AtomicLong streamIds = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final JobStreamGroup.Outside outside;
  private final GatewayMetrics metrics;

  @Inject
  JobStreamingUseCase(
      BrokerClient brokers,
      Membership membership,
      Scheduler scheduler,
      Clock clock,
      CommandGateway commands,
      GatewayMetrics metrics) {
    // Brokers remember a stream for a while: one of a gateway that was here before must not be
    // taken for one of this.
    streamIds.set(clock.nowMs() << 20);
    this.outside = new JobStreamGroup.Outside(brokers, membership, scheduler, commands);
    this.metrics = metrics;
    membership.onChange(_ -> groups.values().forEach(JobStreamGroup::topologyChanged));
  }

  @Override
  public Stream open(Terms terms, Receiver receiver) {
    while (true) {
      JobStreamGroup group = groups.computeIfAbsent(terms, this::newGroup);
      Stream member = group.join(receiver, this::closed);
      if (member == null) continue;
      metrics.jobStreams(open.incrementAndGet(), groups.size());
      return member;
    }
  }

  private JobStreamGroup newGroup(Terms terms) {
    return new JobStreamGroup(streamIds.incrementAndGet(), terms, outside, groups::remove);
  }

  private void closed() {
    metrics.jobStreams(open.decrementAndGet(), groups.size());
  }
}
