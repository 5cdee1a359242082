package io.skep.port.in;

import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.OperatorLog;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicLong;

/// Which gateways wait for jobs of which type on one partition, and of which types there are any.
///
/// A gateway first says that it waits and then looks whether there are jobs; the partition first
/// says that there are jobs and then looks who waits. So whichever comes first, no gateway waits
/// beside a job.
final class JobWaiters {
  /// What may be remembered of who waits. Types come from clients: there may be any number of them,
  /// and those that nobody uses any more stay until the gateway goes.
  static final long MOST_BYTES = 8 << 20;

  /// What a type takes besides its name, roughly.
  private static final int TYPE_BYTES = 128;

  private final int partitionId;
  private final OperatorLog log;
  private final Set<String> available = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<JobsAvailable>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong bytes = new AtomicLong();

  JobWaiters(int partitionId, OperatorLog log) {
    this.partitionId = partitionId;
    this.log = log;
  }

  /// Whether there are jobs of this type; if not, the gateway will be told once there are.
  boolean hasJobsOrWait(String type, JobsAvailable session) {
    if (available.contains(type)) return true;
    wait(type, session);
    return available.contains(type);
  }

  /// The gateway will be told of the next jobs of this type.
  void wait(String type, JobsAvailable session) {
    waiting.compute(
        type,
        (_, sessions) -> {
          // Few, and told in the order in which they came.
          Set<JobsAvailable> all = sessions == null ? added(type) : sessions;
          all.add(session);
          return all;
        });
    if (bytes.get() > MOST_BYTES) makeRoom(type);
  }

  private Set<JobsAvailable> added(String type) {
    bytes.addAndGet(cost(type));
    return new CopyOnWriteArraySet<>();
  }

  private static long cost(String type) {
    return TYPE_BYTES + (long) type.length();
  }

  /// Ends promises by keeping them too early: a gateway where somebody waits for such a type asks
  /// again.
  private void makeRoom(String latest) {
    Iterator<String> types = waiting.keySet().iterator();
    while (bytes.get() > MOST_BYTES && types.hasNext()) {
      String type = types.next();
      if (!type.equals(latest)) tellAll(type);
    }
  }

  /// There are jobs of this type that were not there before.
  void jobsAvailable(String type) {
    available.add(type);
    tellAll(type);
  }

  private void tellAll(String type) {
    Set<JobsAvailable> sessions = waiting.remove(type);
    if (sessions == null) return;
    bytes.addAndGet(-cost(type));
    sessions.forEach(session -> tell(session, type));
  }

  /// A gateway that cannot be told must harm neither the log, on whose thread this runs, nor those
  /// that are told after it.
  private void tell(JobsAvailable session, String type) {
    try {
      session.jobsAvailable(partitionId, type);
    } catch (RuntimeException fault) {
      log.error(
          "Partition %d could not tell a gateway of jobs of type '%s'".formatted(partitionId, type),
          fault);
    }
  }

  /// There are no more jobs of this type.
  void exhausted(String type) {
    available.remove(type);
  }

  void forget(JobsAvailable session) {
    for (String type : waiting.keySet()) {
      waiting.computeIfPresent(
          type,
          (_, sessions) -> {
            sessions.remove(session);
            if (!sessions.isEmpty()) return sessions;
            bytes.addAndGet(-cost(type));
            return null;
          });
    }
  }

  /// Begins anew with another leader.
  void reset() {
    available.clear();
    for (String type : waiting.keySet()) {
      if (waiting.remove(type) != null) bytes.addAndGet(-cost(type));
    }
  }
}
