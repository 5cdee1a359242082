package io.skep.domain.engine.job;

import io.skep.domain.engine.store.Journal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

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
    keys(job.type()).append(job.key());
  }

  void indexed() {
    byType.values().forEach(Keys::sort);
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

  /// Keys in ascending order. New jobs have the highest keys and leave from the front, so most live
  /// in a ring; those that come back are few.
  private static final class Keys {
    private long[] ring = new long[16];
    private int head;
    private int size;
    private final NavigableSet<Long> others = new TreeSet<>();

    boolean isEmpty() {
      return size == 0 && others.isEmpty();
    }

    void add(long key) {
      if (size > 0 && key < ring[at(size - 1)]) {
        others.add(key);
        return;
      }
      append(key);
    }

    void append(long key) {
      if (size == ring.length) grow();
      ring[at(size++)] = key;
    }

    /// To be called before anything has left.
    void sort() {
      Arrays.sort(ring, 0, size);
    }

    void remove(long key) {
      if (!others.isEmpty() && others.remove(key)) return;
      int i = indexOf(key);
      if (i < 0)
        throw new IllegalStateException(
            "Expected job %d to be activatable, but it is not".formatted(key));
      if (i < size / 2) {
        for (int j = i; j > 0; j--) ring[at(j)] = ring[at(j - 1)];
        head = at(1);
      } else {
        for (int j = i; j < size - 1; j++) ring[at(j)] = ring[at(j + 1)];
      }
      size--;
    }

    long after(long key) {
      Long other = others.isEmpty() ? null : others.higher(key);
      int i = size > 0 && ring[at(0)] > key ? 0 : firstAbove(key);
      if (i == size) return other == null ? 0 : other;
      return other == null ? ring[at(i)] : Math.min(other, ring[at(i)]);
    }

    private int at(int i) {
      return (head + i) & (ring.length - 1);
    }

    private int indexOf(long key) {
      int i = size > 0 && ring[at(0)] == key ? 0 : firstAbove(key - 1);
      return i < size && ring[at(i)] == key ? i : -1;
    }

    /// Place of the first key above the given one, the size if there is none.
    private int firstAbove(long key) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (ring[at(middle)] > key) high = middle;
        else low = middle + 1;
      }
      return low;
    }

    private void grow() {
      long[] larger = new long[ring.length * 2];
      for (int i = 0; i < size; i++) larger[i] = ring[at(i)];
      ring = larger;
      head = 0;
    }
  }
}
