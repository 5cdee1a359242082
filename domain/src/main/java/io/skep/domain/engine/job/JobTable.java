package io.skep.domain.engine.job;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.job.JobEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex;
import io.skep.domain.engine.timer.DueIndex.Kind;
import java.util.Set;

/// All jobs of the partition by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class JobTable {
  private final Aggregates aggregates;
  private final Table<Job> rows;
  private final ActivatableJobs activatable;
  private final DueIndex due;

  public JobTable(Journal journal, Aggregates aggregates, DueIndex due) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    activatable = new ActivatableJobs(journal);
    this.due = due;
  }

  /// The job, or `null` if there is none.
  public Job get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  public boolean hasActivatable(String type) {
    return !activatable.isEmpty(type);
  }

  /// The job of this type with the lowest key above the given one that can be handed out, or `null`
  /// if there is none.
  public Job nextActivatable(String type, long afterKey) {
    long key = activatable.after(type, afterKey);
    return key == 0 ? null : rows.get(key);
  }

  /// The types of which there are jobs that can be handed out.
  public Set<String> activatableTypes() {
    return activatable.types();
  }

  public void apply(JobEvent event) {
    switch (event) {
      case JobCreated(JobOrigin origin, int retries) -> {
        var job = new Job(origin, retries);
        rows.insert(job.key(), aggregates.ofInstance(origin.place().processInstanceKey()), job);
        activatable.add(job);
      }
      case JobActivated(JobOrigin origin, String worker, long deadlineMs) -> {
        Job job = become(origin.key(), JobState.ACTIVATED, deadlineMs);
        job.worker = worker;
      }
      case JobCompleted(JobOrigin origin) -> remove(origin.key());
      case JobCanceled(JobOrigin origin) -> remove(origin.key());
      case JobFailed(JobOrigin origin, int retries, long againAtMs, _) -> {
        boolean atOnce = retries > 0 && againAtMs == 0;
        Job job =
            become(
                origin.key(),
                atOnce ? JobState.ACTIVATABLE : JobState.FAILED,
                retries > 0 ? againAtMs : 0);
        job.retries = retries;
      }
      case JobTimedOut(JobOrigin origin) -> become(origin.key(), JobState.ACTIVATABLE, 0);
      case JobRecurred(JobOrigin origin) -> become(origin.key(), JobState.ACTIVATABLE, 0);
      case JobYielded(JobOrigin origin) -> become(origin.key(), JobState.ACTIVATABLE, 0);
      case JobBlocked(JobOrigin origin) -> become(origin.key(), JobState.FAILED, 0);
      case JobErrorThrown(JobOrigin origin, _, _) -> become(origin.key(), JobState.ERROR_THROWN, 0);
      case JobRetriesUpdated(JobOrigin origin, int retries) ->
          rows.edit(origin.key()).retries = retries;
      case JobTimeoutUpdated(JobOrigin origin, long deadlineMs) ->
          become(origin.key(), JobState.ACTIVATED, deadlineMs);
    }
  }

  public void apply(IncidentEvent event) {
    if (event.jobKey() == 0 || !rows.has(event.jobKey())) return;
    switch (event) {
      case IncidentEvent.IncidentCreated created ->
          rows.edit(created.jobKey()).incidentKey = created.key();
      case IncidentEvent.IncidentResolved resolved ->
          become(resolved.jobKey(), JobState.ACTIVATABLE, 0).incidentKey = 0;
    }
  }

  private Job become(long key, JobState state, long dueAtMs) {
    Job job = rows.edit(key);
    if (job.state != state) {
      if (job.state == JobState.ACTIVATABLE) activatable.remove(job);
      if (state == JobState.ACTIVATABLE) activatable.add(job);
    }
    if (job.dueAtMs != dueAtMs) {
      if (job.dueAtMs != 0) due.remove(job.dueAtMs, Kind.JOB, key);
      if (dueAtMs != 0) due.add(dueAtMs, Kind.JOB, key);
    }
    job.state = state;
    job.dueAtMs = dueAtMs;
    return job;
  }

  private void remove(long key) {
    Job job = rows.remove(key);
    if (job.state == JobState.ACTIVATABLE) activatable.remove(job);
    if (job.dueAtMs != 0) due.remove(job.dueAtMs, Kind.JOB, key);
  }

  public void write(long key, StateWriter out) {
    Job job = rows.get(key);
    out.writeLong(key)
        .writeText(job.type())
        .writeByte(job.state.ordinal())
        .writeInt(job.retries)
        .writeText(job.worker)
        .writeLong(job.dueAtMs);
  }

  public void load(Place place, Aggregate owner, StateReader in) {
    long key = in.readLong();
    String type = in.readText();
    JobState state = JobState.values()[in.readByte()];
    var job = new Job(new JobOrigin(key, type, place), in.readInt());
    job.state = state;
    job.worker = in.readText();
    job.dueAtMs = in.readLong();
    rows.load(key, owner, job);
  }

  /// The incident that was loaded for a job.
  public void loadIncident(long jobKey, long incidentKey) {
    rows.get(jobKey).incidentKey = incidentKey;
  }

  /// Has one that was loaded be handed out, or become due. To be followed by [#indexed].
  public void index(long key) {
    Job job = rows.get(key);
    if (job.state == JobState.ACTIVATABLE) activatable.index(job);
    if (job.dueAtMs != 0) due.add(job.dueAtMs, Kind.JOB, key);
  }

  /// All that were loaded are indexed.
  public void indexed() {
    activatable.indexed();
  }

  public void forget(long key) {
    rows.forget(key);
  }
}
