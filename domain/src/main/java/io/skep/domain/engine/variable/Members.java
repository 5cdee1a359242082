package io.skep.domain.engine.variable;

import java.util.Arrays;

/// Names and their values, in the order in which they were added.
final class Members {
  private static final int INDEX_FROM = 16;

  private String[] names;
  private byte[][] values;
  private int size;

  /// Places by name, if there are many: open addressing, 0 is free, else place + 1.
  private int[] index;

  /// @param room how many there will be at least
  Members(int room) {
    names = new String[Math.max(room, 4)];
    values = new byte[names.length][];
  }

  private Members(Members other) {
    names = other.names.clone();
    values = other.values.clone();
    size = other.size;
    index = other.index == null ? null : other.index.clone();
  }

  /// The same with arrays of its own.
  Members copy() {
    return new Members(this);
  }

  String name(int i) {
    return names[i];
  }

  byte[] value(int i) {
    return values[i];
  }

  /// The place of a name, -1 if it is not here.
  int indexOf(String name) {
    if (index == null) {
      for (int i = 0; i < size; i++) if (names[i].equals(name)) return i;
      return -1;
    }
    for (int slot = slotOf(name, index); index[slot] != 0; slot = (slot + 1) & (index.length - 1)) {
      if (names[index[slot] - 1].equals(name)) return index[slot] - 1;
    }
    return -1;
  }

  void add(String name, byte[] value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size++] = value;
    if (index != null && size * 2 <= index.length) enter(index, size - 1);
    else if (size > INDEX_FROM) reindex();
  }

  void set(int i, byte[] value) {
    values[i] = value;
  }

  private void reindex() {
    index = new int[Integer.highestOneBit(size) * 8];
    for (int i = 0; i < size; i++) enter(index, i);
  }

  private void enter(int[] into, int i) {
    int slot = slotOf(names[i], into);
    while (into[slot] != 0) slot = (slot + 1) & (into.length - 1);
    into[slot] = i + 1;
  }

  private static int slotOf(String name, int[] in) {
    int hash = name.hashCode();
    return (hash ^ hash >>> 16) & (in.length - 1);
  }
}
