package io.skep.domain.engine.deployment;

import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.Row;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.expression.ProcessReader;
import java.util.Map;
import java.util.TreeMap;

/// All versions of all processes. Only [io.skep.domain.engine.State#apply] calls apply.
///
/// Each version is an aggregate of its own. A newest one stays in memory; older ones leave when
/// nobody asks for them, and are read from their files again when somebody does.
public final class ProcessTable implements Journal.Undoable {
  /// By key, also those that were deleted while instances of them run.
  private final Table<Version> rows;

  /// Keys of those that were not deleted.
  private final VersionIndex versions = new VersionIndex();

  /// How many instances have not ended of versions that were deleted while instances of them ran.
  private final Map<Long, Integer> retired = new TreeMap<>();

  /// The highest version that was deleted, by process id: versions are not used again.
  private final Map<String, Integer> lastDeleted = new TreeMap<>();

  private final Aggregates aggregates;
  private final Journal journal;
  private ProcessReader reader;

  public ProcessTable(Journal journal, Aggregates aggregates) {
    this.journal = journal;
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
  }

  /// Never changes.
  private static final class Version extends Row {
    final ProcessDefinition definition;

    Version(ProcessDefinition definition) {
      this.definition = definition;
    }

    @Override
    protected Version copy() {
      return new Version(definition);
    }
  }

  /// @param reader for those that come back to memory
  public void use(ProcessReader reader) {
    this.reader = reader;
  }

  /// The definition, or `null` if there is none.
  public ProcessDefinition get(long key) {
    return retired.containsKey(key) ? null : ofInstance(key);
  }

  /// The definition that an instance runs by, which may have been deleted; `null` if there is none.
  public ProcessDefinition ofInstance(long key) {
    Version version = rows.get(key);
    if (version == null) return null;
    aggregates.used(version.owner());
    return version.definition;
  }

  /// The definition if it is in memory, as all are after a restart; else `null`.
  public ProcessDefinition resident(long key) {
    Version version = rows.resident(key);
    return version == null ? null : version.definition;
  }

  /// The newest version, or `null` if there is none.
  public ProcessDefinition latest(String bpmnProcessId) {
    long key = versions.latest(bpmnProcessId);
    return key == 0 ? null : ofInstance(key);
  }

  /// The definition, or `null` if there is none.
  public ProcessDefinition version(String bpmnProcessId, int version) {
    long key = versions.of(bpmnProcessId, version);
    return key == 0 ? null : ofInstance(key);
  }

  /// The version of a process that is deployed next, also if others were deleted.
  public int nextVersion(String bpmnProcessId) {
    int deleted = lastDeleted.getOrDefault(bpmnProcessId, 0);
    return Math.max(deleted, versions.highest(bpmnProcessId)) + 1;
  }

  /// How many there are that were not deleted.
  public int size() {
    return versions.size();
  }

  /// How many are in memory, deleted ones included.
  public int residentCount() {
    return rows.size();
  }

  /// How many deleted versions are kept for the sake of their instances.
  public int retiredCount() {
    return retired.size();
  }

  public void apply(DeploymentEvent event) {
    switch (event) {
      case ProcessDeployed(ProcessDefinition definition) -> {
        long key = definition.key();
        rows.insert(key, aggregates.begin(Kind.DEFINITION, key), new Version(definition));
        versions.add(definition);
        journal.note(this, key, new Added(definition));
      }
      case ProcessDeleted(ProcessDefinition definition, int running) -> {
        versions.remove(definition);
        journal.note(this, definition.key(), new Removed(definition));
        noteDeleted(definition);
        if (running > 0) retire(definition.key(), running);
        else end(definition.key());
      }
      case ResourcesDeployed _,
          ResourceDeleted _,
          StartSubscriptionOpened _,
          StartSubscriptionClosed _,
          DistributionStarted _,
          DistributionAcknowledged _,
          DistributionEnded _ -> {}
    }
  }

  public void apply(ElementEvent event) {
    if (retired.isEmpty()) return;
    switch (event) {
      case ElementEvent.ElementCompleted(Place place) -> ended(place);
      case ElementEvent.ElementTerminated(Place place) -> ended(place);
      default -> {}
    }
  }

  private void ended(Place place) {
    long key = place.definition().key();
    Integer running = retired.get(key);
    if (running == null || place.scopeKey() != 0) return;
    retire(key, running - 1);
    if (running == 1) end(key);
  }

  private void end(long key) {
    aggregates.end(rows.remove(key).owner());
  }

  private sealed interface Change {}

  private record Added(ProcessDefinition definition) implements Change {}

  private record Removed(ProcessDefinition definition) implements Change {}

  /// @param before `null` if it was not retired
  private record Retirement(Integer before) implements Change {}

  /// @param before `null` if there was none
  private record LastDeleted(String bpmnProcessId, Integer before) implements Change {}

  private void noteDeleted(ProcessDefinition definition) {
    String id = definition.bpmnProcessId();
    journal.note(this, 0, new LastDeleted(id, lastDeleted.get(id)));
    lastDeleted.merge(id, definition.version(), Math::max);
  }

  private void retire(long key, int running) {
    Integer before = running == 0 ? retired.remove(key) : retired.put(key, running);
    journal.note(this, key, new Retirement(before));
  }

  @Override
  public void undo(long key, Object value) {
    switch ((Change) value) {
      case Added(ProcessDefinition definition) -> versions.remove(definition);
      case Removed(ProcessDefinition definition) -> versions.add(definition);
      case Retirement(Integer before) when before == null -> retired.remove(key);
      case Retirement(Integer before) -> retired.put(key, before);
      case LastDeleted(String id, Integer before) when before == null -> lastDeleted.remove(id);
      case LastDeleted(String id, Integer before) -> lastDeleted.put(id, before);
    }
  }

  /// Whether new instances are made of it: then it stays in memory.
  public boolean isLatest(long key) {
    Version version = rows.get(key);
    return versions.latest(version.definition.bpmnProcessId()) == key;
  }

  /// Makes one that was loaded known.
  public void index(long key) {
    if (!retired.containsKey(key)) versions.add(rows.get(key).definition);
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    rows.get(key).definition.deployed().write(out);
  }

  public void load(Aggregate owner, StateReader in) {
    DeployedProcess deployed = DeployedProcess.read(in);
    rows.load(owner.key(), owner, new Version(Deployments.define(deployed, reader)));
  }

  /// Writes what no version knows of itself.
  public void write(StateWriter out) {
    out.writeInt(retired.size());
    retired.forEach((key, running) -> out.writeLong(key).writeInt(running));
    out.writeInt(lastDeleted.size());
    lastDeleted.forEach((id, version) -> out.writeText(id).writeInt(version));
  }

  /// To be read before the versions are indexed.
  public void read(StateReader in) {
    int retiredCount = in.readCount();
    for (int i = 0; i < retiredCount; i++) retired.put(in.readLong(), in.readInt());
    int ids = in.readCount();
    for (int i = 0; i < ids; i++) lastDeleted.put(in.readText(), in.readInt());
  }
}
