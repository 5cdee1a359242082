package io.skep.e2e;

import io.camunda.zeebe.client.api.response.ActivatedJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private final Map<Long, Queue<Hold>> holds = new ConcurrentHashMap<>();
  private final Map<Long, Long> missing = new ConcurrentHashMap<>();
  private final Map<Long, Long> finishedJobs = new ConcurrentHashMap<>();

  /// When clients were told so, by the clock of this machine.
  private final Map<Long, Long> finishedAtMs = new ConcurrentHashMap<>();

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
    holds
        .computeIfAbsent(job.getKey(), _ -> new ConcurrentLinkedQueue<>())
        .add(new Hold(job.getDeadline() - timeoutMs, job.getDeadline()));
  }

  void completed(ActivatedJob job) {
    if (finishedJobs.put(job.getKey(), job.getProcessInstanceKey()) != null) {
      violations.add("job %d was completed twice".formatted(job.getKey()));
    }
    finishedAtMs.put(job.getKey(), System.currentTimeMillis());
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
      missing.put(job.getKey(), job.getProcessInstanceKey());
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

  /// To be asked when nothing happens any more: answers may have come in another order than that in
  /// which the broker gave them.
  List<String> violations() {
    var all = new ArrayList<>(violations);
    holds.forEach((job, times) -> checkHolds(job, List.copyOf(times), all));
    for (long job : missing.keySet()) {
      if (!finishedJobs.containsKey(job) && !doubtfulJobs.containsKey(job)) {
        all.add("job %d was handed out and then was not there".formatted(job));
      }
    }
    return all;
  }

  private void checkHolds(long job, List<Hold> holds, List<String> violations) {
    var inOrder = holds.stream().sorted(Comparator.comparingLong(Hold::fromMs)).toList();
    for (int i = 1; i < inOrder.size(); i++) {
      long earlyMs = inOrder.get(i - 1).untilMs - inOrder.get(i).fromMs;
      if (earlyMs > 0) {
        violations.add(
            "job %d was handed out %d ms before the time-out of its worker"
                .formatted(job, earlyMs));
      }
    }
    Long finishedAt = finishedAtMs.get(job);
    if (finishedAt != null && inOrder.getLast().fromMs > finishedAt) {
      violations.add("job %d was handed out after its completion".formatted(job));
    }
  }
}
