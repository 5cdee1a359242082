package io.skep.e2e;

import io.camunda.zeebe.client.api.response.ActivatedJob;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What clients were told, and what of it contradicts what they were told before.
///
/// All instances have one job each. Whatever was not answered may or may not have happened;
/// whatever was answered has.
final class History {
  private final Set<Long> created = ConcurrentHashMap.newKeySet();
  private final Map<Long, Hold> holds = new ConcurrentHashMap<>();
  private final Map<Long, Long> finishedJobs = new ConcurrentHashMap<>();
  private final Map<Long, Long> doubtfulJobs = new ConcurrentHashMap<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  /// Until when a worker has a job to itself, by the broker's clock.
  private record Hold(long fromMs, long untilMs) {}

  void created(long instanceKey) {
    if (!created.add(instanceKey)) {
      violations.add("instance key %d was given out twice".formatted(instanceKey));
    }
  }

  void activated(ActivatedJob job, long timeoutMs) {
    if (finishedJobs.containsKey(job.getKey())) {
      violations.add("job %d was handed out after its completion".formatted(job.getKey()));
    }
    var hold = new Hold(job.getDeadline() - timeoutMs, job.getDeadline());
    var before = holds.put(job.getKey(), hold);
    if (before != null && hold.fromMs < before.untilMs) {
      violations.add(
          "job %d was handed out %d ms before the time-out of its worker"
              .formatted(job.getKey(), before.untilMs - hold.fromMs));
    }
  }

  void completed(ActivatedJob job) {
    if (finishedJobs.put(job.getKey(), job.getProcessInstanceKey()) != null) {
      violations.add("job %d was completed twice".formatted(job.getKey()));
    }
  }

  /// The answer to a completion was lost.
  void maybeCompleted(ActivatedJob job) {
    doubtfulJobs.put(job.getKey(), job.getProcessInstanceKey());
  }

  /// A completion was refused because there is no such job.
  void missing(ActivatedJob job) {
    if (doubtfulJobs.containsKey(job.getKey())) {
      finishedJobs.putIfAbsent(job.getKey(), job.getProcessInstanceKey());
    } else {
      violations.add("job %d was handed out and then was not there".formatted(job.getKey()));
    }
  }

  void refused(String what, Throwable failure) {
    violations.add("%s was refused: %s".formatted(what, failure.getMessage()));
  }

  /// Acknowledged instances whose job nobody has completed or may have completed yet.
  Set<Long> unfinished() {
    var unfinished = new TreeSet<>(created);
    unfinished.removeAll(finishedJobs.values());
    unfinished.removeAll(doubtfulJobs.values());
    return unfinished;
  }

  /// Jobs of which nobody was told whether they are completed.
  Set<Long> doubtful() {
    var doubtful = new TreeSet<>(doubtfulJobs.keySet());
    doubtful.removeAll(finishedJobs.keySet());
    return doubtful;
  }

  /// A doubtful job is known to be completed by now.
  void settled(long jobKey) {
    finishedJobs.put(jobKey, doubtfulJobs.get(jobKey));
  }

  Set<Long> created() {
    return Set.copyOf(created);
  }

  /// Instances by the key of their job.
  Map<Long, Long> finishedJobs() {
    return Map.copyOf(finishedJobs);
  }

  Queue<String> violations() {
    return violations;
  }
}
