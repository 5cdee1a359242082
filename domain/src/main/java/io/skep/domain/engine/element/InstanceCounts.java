package io.skep.domain.engine.element;

import io.skep.domain.engine.store.Journal;
import org.agrona.collections.Long2LongHashMap;

/// How many process instances run by each definition.
final class InstanceCounts implements Journal.Undoable {
  private final Long2LongHashMap byDefinition = new Long2LongHashMap(0);
  private final Journal journal;

  InstanceCounts(Journal journal) {
    this.journal = journal;
  }

  int of(long processDefinitionKey) {
    return Math.toIntExact(byDefinition.get(processDefinitionKey));
  }

  long[] definitions() {
    long[] keys = new long[byDefinition.size()];
    var iterator = byDefinition.keySet().iterator();
    for (int i = 0; i < keys.length; i++) keys[i] = iterator.nextValue();
    return keys;
  }

  void add(long processDefinitionKey, int count) {
    change(processDefinitionKey, count);
    journal.note(this, processDefinitionKey, count);
  }

  private void change(long processDefinitionKey, long by) {
    long count = byDefinition.get(processDefinitionKey) + by;
    if (count == 0) byDefinition.remove(processDefinitionKey);
    else byDefinition.put(processDefinitionKey, count);
  }

  @Override
  public void undo(long key, Object value) {
    change(key, -(int) value);
  }
}
