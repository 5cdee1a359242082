package io.skep.domain.engine.job;

import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.SortedKeys;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The jobs that can be handed out, by type, in the order of their keys.
final class ActivatableJobs {
  private final Map<String, Keys> byType = new LinkedHashMap<>();
  private final Journal.Undoable adding = (key, type) -> removeKey((String) type, key);
  private final Journal.Undoable removing = (key, type) -> keys((String) type).add(key);
  private final Journal journal;

  ActivatableJobs(Journal journal) {
    this.journal = journal;
  }

  void add(Job job) {
    journal.note(adding, job.key(), job.type());
    keys(job.type()).add(job.key());
  }

  void remove(Job job) {
    journal.note(removing, job.key(), job.type());
    removeKey(job.type(), job.key());
  }

  /// Adds one that was there before this process began, in no order. To be followed by [#indexed].
  void index(Job job) {
    keys(job.type()).index(job.key());
  }

  void indexed() {
    byType.values().forEach(Keys::indexed);
  }

  Set<String> types() {
    return Collections.unmodifiableSet(byType.keySet());
  }

  boolean isEmpty(String type) {
    return !byType.containsKey(type);
  }

  /// The job with the lowest key above the given one, or 0 if there is none.
  long after(String type, long key) {
    Keys keys = byType.get(type);
    return keys == null ? 0 : keys.after(key);
  }

  private Keys keys(String type) {
    return byType.computeIfAbsent(type, _ -> new Keys());
  }

  private void removeKey(String type, long key) {
    Keys keys = byType.get(type);
    keys.remove(key);
    if (keys.isEmpty()) byType.remove(type);
  }

  /// The keys of one type.
  private static final class Keys {
    private final SortedKeys keys = new SortedKeys();

    /// Those that are to be indexed, `null` if there are none.
    private long[] unsorted;

    private int unsortedCount;

    boolean isEmpty() {
      return keys.isEmpty();
    }

    void add(long key) {
      if (!keys.add(key))
        throw new IllegalStateException(
            "Expected job %d not to be activatable yet, but it is".formatted(key));
    }

    void remove(long key) {
      if (!keys.remove(key))
        throw new IllegalStateException(
            "Expected job %d to be activatable, but it is not".formatted(key));
    }

    long after(long key) {
      return keys.above(key, 0);
    }

    void index(long key) {
      if (unsorted == null) unsorted = new long[64];
      if (unsortedCount == unsorted.length) unsorted = Arrays.copyOf(unsorted, 2 * unsortedCount);
      unsorted[unsortedCount++] = key;
    }

    void indexed() {
      if (unsorted == null) return;
      keys.addAll(unsorted, unsortedCount);
      unsorted = null;
    }
  }
}
