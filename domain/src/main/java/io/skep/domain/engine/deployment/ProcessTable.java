package io.skep.domain.engine.deployment;

import io.skep.domain.engine.deployment.DeploymentEvent.*;
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
  private final Journal journal;

  public ProcessTable(Journal journal) {
    this(journal, new TreeMap<>());
  }

  private ProcessTable(Journal journal, Map<Long, ProcessDefinition> byKey) {
    this.journal = journal;
    this.byKey = byKey;
  }

  /// The definition, or `null` if there is none.
  public ProcessDefinition get(long key) {
    return byKey.get(key);
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

  public int size() {
    return byKey.size();
  }

  /// For reading only, and only by key.
  public ProcessTable frozen() {
    return new ProcessTable(null, new TreeMap<>(byKey));
  }

  public void apply(DeploymentEvent event) {
    switch (event) {
      case ProcessDeployed(ProcessDefinition definition) -> {
        add(definition);
        journal.note(this, definition.key(), definition);
      }
      case ResourcesDeployed _,
          DistributionStarted _,
          DistributionAcknowledged _,
          DistributionEnded _ -> {}
    }
  }

  private void add(ProcessDefinition definition) {
    byKey.put(definition.key(), definition);
    byId.computeIfAbsent(definition.bpmnProcessId(), _ -> new TreeMap<>())
        .put(definition.version(), definition);
  }

  @Override
  public void undo(long key, Object value) {
    ProcessDefinition definition = byKey.remove(key);
    var versions = byId.get(definition.bpmnProcessId());
    versions.remove(definition.version());
    if (versions.isEmpty()) byId.remove(definition.bpmnProcessId());
  }

  public void write(StateWriter out) {
    out.writeInt(byKey.size());
    byKey.values().forEach(definition -> definition.deployed().write(out));
  }

  public void read(StateReader in, ProcessReader reader) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) add(Deployments.define(DeployedProcess.read(in), reader));
  }
}
