package io.skep.domain.engine.deployment;

import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.expression.ProcessReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// All versions of all processes. Only [io.skep.domain.engine.State#apply] calls apply.
public final class ProcessTable implements Journal.Undoable {
  private final Map<Long, ProcessDefinition> byKey;
  private final Map<String, TreeMap<Integer, ProcessDefinition>> byId = new LinkedHashMap<>();

  /// The highest version that ever was, by process id: versions are not used again.
  private final Map<String, Integer> lastVersions;

  /// Versions that were deleted while instances of them ran, until the last of those ends.
  private final Map<Long, Retired> retired;

  private final Journal journal;

  public ProcessTable(Journal journal) {
    this(journal, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  private ProcessTable(
      Journal journal,
      Map<Long, ProcessDefinition> byKey,
      Map<String, Integer> lastVersions,
      Map<Long, Retired> retired) {
    this.journal = journal;
    this.byKey = byKey;
    this.lastVersions = lastVersions;
    this.retired = retired;
  }

  /// @param running how many instances of it have not ended
  private record Retired(ProcessDefinition definition, int running) {}

  /// The definition, or `null` if there is none.
  public ProcessDefinition get(long key) {
    return byKey.get(key);
  }

  /// The definition that an instance runs by, which may have been deleted; `null` if there is none.
  public ProcessDefinition ofInstance(long key) {
    ProcessDefinition definition = byKey.get(key);
    if (definition != null) return definition;
    Retired gone = retired.get(key);
    return gone == null ? null : gone.definition;
  }

  /// The newest version, or `null` if there is none.
  public ProcessDefinition latest(String bpmnProcessId) {
    var versions = byId.get(bpmnProcessId);
    return versions == null ? null : versions.lastEntry().getValue();
  }

  /// The definition, or `null` if there is none.
  public ProcessDefinition version(String bpmnProcessId, int version) {
    var versions = byId.get(bpmnProcessId);
    return versions == null ? null : versions.get(version);
  }

  /// The version of a process that is deployed next, also if others were deleted.
  public int nextVersion(String bpmnProcessId) {
    return lastVersions.getOrDefault(bpmnProcessId, 0) + 1;
  }

  public int size() {
    return byKey.size();
  }

  /// How many deleted versions are kept for the sake of their instances.
  public int retiredCount() {
    return retired.size();
  }

  public void apply(DeploymentEvent event) {
    switch (event) {
      case ProcessDeployed(ProcessDefinition definition) -> {
        noteLastVersion(definition.bpmnProcessId());
        add(definition);
        journal.note(this, definition.key(), new Added(definition));
      }
      case ProcessDeleted(ProcessDefinition definition, int running) -> {
        remove(definition);
        journal.note(this, definition.key(), new Removed(definition));
        if (running > 0) retire(definition.key(), new Retired(definition, running));
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
    Retired of = retired.get(key);
    if (of == null || place.scopeKey() != 0) return;
    retire(key, of.running == 1 ? null : new Retired(of.definition, of.running - 1));
  }

  private sealed interface Change {}

  private record Added(ProcessDefinition definition) implements Change {}

  private record Removed(ProcessDefinition definition) implements Change {}

  /// @param before `null` if it was not retired
  private record Retirement(Retired before) implements Change {}

  /// @param before 0 if there was none
  private record LastVersion(String bpmnProcessId, int before) implements Change {}

  private void noteLastVersion(String bpmnProcessId) {
    int before = lastVersions.getOrDefault(bpmnProcessId, 0);
    journal.note(this, 0, new LastVersion(bpmnProcessId, before));
  }

  private void retire(long key, Retired now) {
    Retired before = now == null ? retired.remove(key) : retired.put(key, now);
    journal.note(this, key, new Retirement(before));
  }

  private void add(ProcessDefinition definition) {
    byKey.put(definition.key(), definition);
    byId.computeIfAbsent(definition.bpmnProcessId(), _ -> new TreeMap<>())
        .put(definition.version(), definition);
    lastVersions.merge(definition.bpmnProcessId(), definition.version(), Math::max);
  }

  private void remove(ProcessDefinition definition) {
    byKey.remove(definition.key());
    var versions = byId.get(definition.bpmnProcessId());
    versions.remove(definition.version());
    if (versions.isEmpty()) byId.remove(definition.bpmnProcessId());
  }

  @Override
  public void undo(long key, Object value) {
    switch ((Change) value) {
      case Added(ProcessDefinition definition) -> remove(definition);
      case Removed(ProcessDefinition definition) -> add(definition);
      case Retirement(Retired before) when before == null -> retired.remove(key);
      case Retirement(Retired before) -> retired.put(key, before);
      case LastVersion(String id, int before) when before == 0 -> lastVersions.remove(id);
      case LastVersion(String id, int before) -> lastVersions.put(id, before);
    }
  }

  public void write(StateWriter out) {
    out.writeInt(byKey.size());
    byKey.values().forEach(definition -> definition.deployed().write(out));
    out.writeInt(retired.size());
    for (Retired gone : retired.values()) {
      gone.definition.deployed().write(out);
      out.writeInt(gone.running);
    }
    out.writeInt(lastVersions.size());
    lastVersions.forEach((id, version) -> out.writeText(id).writeInt(version));
  }

  public void read(StateReader in, ProcessReader reader) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) add(Deployments.define(DeployedProcess.read(in), reader));
    int retiredCount = in.readCount();
    for (int i = 0; i < retiredCount; i++) {
      ProcessDefinition definition = Deployments.define(DeployedProcess.read(in), reader);
      retired.put(definition.key(), new Retired(definition, in.readInt()));
    }
    int ids = in.readCount();
    for (int i = 0; i < ids; i++) lastVersions.put(in.readText(), in.readInt());
  }
}
