package io.skep.domain.engine.variable;

import io.skep.domain.engine.store.Row;
import java.util.Arrays;

/// The variables of one scope, in the order in which they were created.
public final class VariableScope extends Row {
  private static final int INDEX_FROM = 16;

  private long[] keys;
  private String[] names;
  private byte[][] values;
  private int size;

  /// Places by name, for scopes of many variables: open addressing, 0 is free, else place + 1.
  private int[] index;

  private boolean shared;

  VariableScope() {
    keys = new long[4];
    names = new String[4];
    values = new byte[4][];
  }

  private VariableScope(VariableScope other) {
    keys = other.keys;
    names = other.names;
    values = other.values;
    index = other.index;
    size = other.size;
    shared = true;
  }

  @Override
  protected VariableScope copy() {
    return new VariableScope(this);
  }

  public int size() {
    return size;
  }

  public long key(int i) {
    return keys[i];
  }

  public String name(int i) {
    return names[i];
  }

  /// Not to be written to.
  public byte[] value(int i) {
    return values[i];
  }

  /// The place of a name, -1 if it is not here.
  public int indexOf(String name) {
    if (index == null) {
      for (int i = 0; i < size; i++) if (names[i].equals(name)) return i;
      return -1;
    }
    for (int slot = slotOf(name, index); index[slot] != 0; slot = (slot + 1) & (index.length - 1)) {
      if (names[index[slot] - 1].equals(name)) return index[slot] - 1;
    }
    return -1;
  }

  void add(long key, String name, byte[] value) {
    unshare(size == keys.length ? size * 2 : keys.length);
    keys[size] = key;
    names[size] = name;
    values[size++] = value;
    if (index != null && size * 2 <= index.length) enter(index, size - 1);
    else if (size > INDEX_FROM) reindex();
  }

  void set(int i, byte[] value) {
    unshare(keys.length);
    values[i] = value;
  }

  private void unshare(int capacity) {
    if (!shared && capacity == keys.length) return;
    keys = Arrays.copyOf(keys, capacity);
    names = Arrays.copyOf(names, capacity);
    values = Arrays.copyOf(values, capacity);
    if (shared && index != null) index = index.clone();
    shared = false;
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
