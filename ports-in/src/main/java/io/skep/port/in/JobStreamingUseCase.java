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
import java.util.concurrent.atomic.AtomicLong;

@Singleton
final class JobStreamingUseCase implements JobStreaming {
  private final ConcurrentMap<Terms, JobStreamGroup> groups = new ConcurrentHashMap<>();
  private final AtomicLong streamIds = new AtomicLong();
  private final JobStreamGroup.Outside outside;
  private final GatewayMetrics metrics;

  /// Guarded by `this`.
  private int open;

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
    membership.onChange(_ -> groups.values().forEach(JobStreamGroup::askAll));
  }

  @Override
  public Stream open(Terms terms, Receiver receiver) {
    var member = new JobStreamMember(receiver);
    enter(terms, member);
    count(1);
    return member;
  }

  private void enter(Terms terms, JobStreamMember member) {
    groups.computeIfAbsent(terms, this::newGroup).enter(member, () -> enter(terms, member));
  }

  private JobStreamGroup newGroup(Terms terms) {
    return new JobStreamGroup(
        streamIds.incrementAndGet(), terms, outside, () -> count(-1), () -> groups.remove(terms));
  }

  /// One after the other, so that what is reported last is how it is.
  private synchronized void count(int opened) {
    open += opened;
    metrics.jobStreams(open, groups.size());
  }
}
