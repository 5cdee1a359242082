package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.port.out.Membership;
import io.skep.port.out.Scheduler;
import io.skep.port.out.Scheduler.Cancellable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Where commands wait for the topology to change.
@Singleton
final class TopologyWatch {
  private final Membership membership;
  private final Scheduler scheduler;

  /// In the order in which they came. Who takes one out runs it, so that each runs once.
  private final LinkedHashSet<Waiting> waiting = new LinkedHashSet<>();

  @Inject
  TopologyWatch(Membership membership, Scheduler scheduler) {
    this.membership = membership;
    this.scheduler = scheduler;
    membership.onChange(_ -> wakeAll());
  }

  /// Runs a task once: when the topology is no longer what the caller saw, or when the time is
  /// over.
  ///
  /// @param atMostMs 0 or more
  void await(Topology seen, long atMostMs, Runnable task) {
    var one = new Waiting(task);
    synchronized (waiting) {
      waiting.add(one);
      one.timer = scheduler.schedule(atMostMs, () -> wake(one));
    }
    // The change may have come after the caller looked and before it was in line.
    if (!membership.topology().equals(seen)) wake(one);
  }

  private void wakeAll() {
    List<Waiting> all;
    synchronized (waiting) {
      if (waiting.isEmpty()) return;
      all = new ArrayList<>(waiting);
    }
    for (Waiting one : all) wake(one);
  }

  private void wake(Waiting one) {
    synchronized (waiting) {
      if (!waiting.remove(one)) return;
      one.timer.cancel();
    }
    one.task.run();
  }

  private static final class Waiting {
    private final Runnable task;
    private Cancellable timer;

    private Waiting(Runnable task) {
      this.task = task;
    }
  }
}
