package io.skep.domain.engine.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Keys of process definitions by id and version.
final class VersionIndex {
  private final Map<String, TreeMap<Integer, Long>> byId = new HashMap<>();
  private int size;

  /// The key of the newest version, 0 if there is none.
  long latest(String bpmnProcessId) {
    var versions = byId.get(bpmnProcessId);
    return versions == null ? 0 : versions.lastEntry().getValue();
  }

  /// The number of the newest version, 0 if there is none.
  int highest(String bpmnProcessId) {
    var versions = byId.get(bpmnProcessId);
    return versions == null ? 0 : versions.lastKey();
  }

  /// The key of a version, 0 if there is none.
  long of(String bpmnProcessId, int version) {
    var versions = byId.get(bpmnProcessId);
    return versions == null ? 0 : versions.getOrDefault(version, 0L);
  }

  int size() {
    return size;
  }

  void add(ProcessDefinition definition) {
    byId.computeIfAbsent(definition.bpmnProcessId(), _ -> new TreeMap<>())
        .put(definition.version(), definition.key());
    size++;
  }

  void remove(ProcessDefinition definition) {
    var versions = byId.get(definition.bpmnProcessId());
    versions.remove(definition.version());
    if (versions.isEmpty()) byId.remove(definition.bpmnProcessId());
    size--;
  }
}
