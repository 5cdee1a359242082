package io.skep.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.Event;
import io.skep.domain.engine.HistoryInvariants;
import io.skep.domain.engine.Record;
import io.skep.domain.engine.State;
import io.skep.domain.engine.StateInvariants;
import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.ElementType;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.store.Presence;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.port.out.CheckpointStore;
import io.skep.port.out.CheckpointStore.Image;
import io.skep.simulation.Tally.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What has happened in each partition, as the first replica told it that ran it. The others must
/// tell the same, whatever became of the first.
final class History {
  private final int partitionCount;
  private final Models models;
  private final Tally tally;
  private final List<Partition> partitions = new ArrayList<>();

  /// Those that nobody has resolved, with the job of each.
  private final Map<Long, Long> incidents = new TreeMap<>();

  /// Which other partitions have each deployment.
  private final Map<Long, Set<Integer>> distributed = new HashMap<>();

  private final Set<String> correlations = new LinkedHashSet<>();
  private final MailHistory mail;

  private static final class Partition {
    final List<Record> records = new ArrayList<>();
    final HistoryInvariants invariants;
    final Map<Long, byte[]> states = new HashMap<>();
    final Set<Long> created = new LinkedHashSet<>();
    final Set<Long> running = new LinkedHashSet<>();
    final Set<Long> published = new LinkedHashSet<>();
    final Set<Long> completedJobs = new LinkedHashSet<>();

    /// Until when the worker has it to which each job was handed last.
    final Map<Long, Long> deadlines = new HashMap<>();

    /// Jobs that the worker has got to which they were handed last.
    final Set<Long> delivered = new LinkedHashSet<>();

    Partition(int partitionId) {
      invariants = new HistoryInvariants(partitionId);
    }
  }

  History(int partitionCount, Models models, Tally tally) {
    this.partitionCount = partitionCount;
    this.models = models;
    this.tally = tally;
    this.mail = new MailHistory(tally);
    for (int p = 1; p <= partitionCount; p++) partitions.add(new Partition(p));
  }

  private Partition of(int partitionId) {
    return partitions.get(partitionId - 1);
  }

  /// A replica has run something.
  void accept(int nodeId, int partitionId, List<Record> records) {
    Partition partition = of(partitionId);
    for (Record record : records) {
      int at = (int) record.position() - 1;
      if (at < partition.records.size()) {
        assertEquals(
            shape(partition.records.get(at)),
            shape(record),
            () -> "partition %d: broker %d ran something else".formatted(partitionId, nodeId));
      } else {
        assertEquals(partition.records.size(), at, "a gap in partition " + partitionId);
        partition.records.add(record);
        first(partitionId, partition, record);
      }
    }
  }

  /// All of a record that can be compared quickly. Snapshots are compared in full.
  private static String shape(Record record) {
    return record.content().getClass().getSimpleName()
        + " "
        + record.position()
        + " of "
        + record.key()
        + " at "
        + record.timestampMs()
        + " by "
        + record.sourcePosition()
        + (record.rejection() == null ? "" : " " + record.rejection());
  }

  private void first(int partitionId, Partition partition, Record record) {
    partition.invariants.check(List.of(record));
    mail.check(partitionId, record);
    if (!(record.content() instanceof Event event)) return;
    partition.invariants.check(event, record.timestampMs());
    switch (event) {
      case JobEvent job -> check(partition, job);
      case ElementEvent.ElementActivating(Place place, _) when isRoot(place) -> {
        partition.created.add(place.key());
        partition.running.add(place.key());
      }
      case ElementEvent.ElementCompleted(Place place) when isRoot(place) ->
          partition.running.remove(place.key());
      case ElementEvent.ElementTerminated(Place place) when isRoot(place) ->
          partition.running.remove(place.key());
      case DeploymentEvent.DistributionAcknowledged(long key, int other) -> {
        distributed.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(other);
      }
      case IncidentEvent.IncidentCreated created -> {
        tally.count(What.INCIDENTS_RAISED);
        incidents.put(created.key(), created.jobKey());
      }
      case IncidentEvent.IncidentResolved resolved -> incidents.remove(resolved.key());
      case MessageEvent.MessagePublished(long key, _) -> partition.published.add(key);
      case MessageEvent.InstanceStarted started -> {
        tally.count(What.MESSAGES_THAT_STARTED);
        correlated(started.messageKey(), started.subscription().bpmnProcessId());
      }
      case ProcessSubscriptionEvent.MessageCorrelated correlated -> {
        tally.count(What.MESSAGES_CORRELATED);
        correlated(correlated.messageKey(), correlated.place().definition().bpmnProcessId());
      }
      case TimerEvent.TimerTriggered _ -> tally.count(What.TIMERS_FIRED);
      default -> {}
    }
  }

  /// A message reaches one instance of each process at most, whatever the partitions.
  private void correlated(long messageKey, String bpmnProcessId) {
    assertTrue(
        correlations.add(messageKey + " " + bpmnProcessId),
        () -> "message %d came to '%s' twice".formatted(messageKey, bpmnProcessId));
  }

  private static boolean isRoot(Place place) {
    return place.element().type() == ElementType.PROCESS;
  }

  private void check(Partition partition, JobEvent event) {
    switch (event) {
      case JobEvent.JobActivated(var job, _, long deadlineMs) -> {
        partition.deadlines.put(job.key(), deadlineMs);
        partition.delivered.remove(job.key());
      }
      case JobEvent.JobTimeoutUpdated(var job, long deadlineMs) ->
          partition.deadlines.put(job.key(), deadlineMs);
      case JobEvent.JobYielded(var job) -> {
        tally.count(What.JOBS_GIVEN_BACK);
        assertTrue(
            !partition.delivered.contains(job.key()),
            () -> "job %d was taken from a worker that has it".formatted(job.key()));
      }
      case JobEvent.JobTimedOut _ -> tally.count(What.JOBS_TIMED_OUT);
      case JobEvent.JobCompleted(var job) -> partition.completedJobs.add(job.key());
      default -> {}
    }
  }

  /// A replica has come to a state.
  void snapshot(int partitionId, long index, Image state) {
    byte[] bytes = state.bytes();
    byte[] first = of(partitionId).states.putIfAbsent(index, bytes);
    if (first == null) StateInvariants.check(state(partitionId, state), true);
    else {
      tally.count(What.SNAPSHOTS_COMPARED);
      assertArrayEquals(
          first, bytes, () -> "partition %d: states differ at %d".formatted(partitionId, index));
    }
  }

  /// All of a state in memory.
  State state(int partitionId, Image image) {
    State state =
        CheckpointStore.of(image)
            .restore(new Engine(partitionId, partitionCount, models, false), models)
            .state();
    Presence.bringAllBack(state.aggregates());
    return state;
  }

  // ---- what clients were told

  void instanceAcknowledged(long key) {
    assertTrue(
        of(Routing.ofKey(key)).created.contains(key),
        () -> "instance %d was acknowledged and is not there".formatted(key));
  }

  /// Whether every partition has a deployment. It may be acknowledged before, if one cannot be
  /// reached for long.
  boolean isEverywhere(long deploymentKey) {
    return distributed.getOrDefault(deploymentKey, Set.of()).size() == partitionCount - 1;
  }

  void publicationAcknowledged(long messageKey) {
    assertTrue(
        of(Routing.ofKey(messageKey)).published.contains(messageKey),
        () -> "message %d was acknowledged and is not there".formatted(messageKey));
  }

  void completionAcknowledged(long jobKey) {
    assertTrue(
        of(Routing.ofKey(jobKey)).completedJobs.contains(jobKey),
        () -> "the completion of job %d was acknowledged and is not there".formatted(jobKey));
  }

  /// A worker has got a job.
  void delivered(long jobKey, long deadlineMs) {
    Partition partition = of(Routing.ofKey(jobKey));
    // It may come so late that somebody else has it by now.
    if (partition.deadlines.get(jobKey) != deadlineMs) return;
    assertTrue(
        partition.delivered.add(jobKey),
        () -> "job %d reached two workers at once".formatted(jobKey));
  }

  // ---- what is still to come

  /// Instances that have not ended, by partition.
  List<Set<Long>> running() {
    return partitions.stream().map(partition -> Set.copyOf(partition.running)).toList();
  }

  boolean isAllAtRest() {
    for (Partition partition : partitions) if (!partition.running.isEmpty()) return false;
    return mail.isAllDelivered();
  }

  MailHistory mail() {
    return mail;
  }

  /// Incidents that nobody has resolved, with the job of each.
  Map<Long, Long> incidents() {
    return new TreeMap<>(incidents);
  }

  /// How much has happened.
  long records() {
    return partitions.stream().mapToLong(partition -> partition.records.size()).sum();
  }
}
