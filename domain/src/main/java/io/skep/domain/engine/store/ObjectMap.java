package io.skep.domain.engine.store;

import java.util.Arrays;

/// Objects by key, for as many as fit into memory.
///
/// A table of numbers says where each is; they themselves are side by side, in about the order in
/// which they came. In a hash table of objects each would be somewhere else, and the collector,
/// which has to look wherever old memory was made to refer to new objects, would look at nearly all
/// of it in each pause.
final class ObjectMap<V> {
  private static final int NOWHERE = -1;

  /// Fewer than a table of millions of numbers would want: most maps of objects are small.
  private static final int SHARD_BITS = 6;

  private static final int BLOCK_BITS = 9;
  private static final int BLOCK = 1 << BLOCK_BITS;

  private final LongMap slots = new LongMap(NOWHERE, SHARD_BITS);
  private Object[][] blocks = new Object[1][];

  /// How many slots have ever been in use.
  private int used;

  /// Slots that were in use; the next one to be used again comes last.
  private int[] free = new int[16];

  private int freeCount;

  /// `null` if there is none.
  V get(long key) {
    int slot = (int) slots.get(key);
    return slot == NOWHERE ? null : at(slot);
  }

  @SuppressWarnings("unchecked")
  private V at(int slot) {
    return (V) blocks[slot >>> BLOCK_BITS][slot & BLOCK - 1];
  }

  private void set(int slot, V value) {
    blocks[slot >>> BLOCK_BITS][slot & BLOCK - 1] = value;
  }

  /// What was there, or `null`.
  V put(long key, V value) {
    int slot = (int) slots.get(key);
    V before = null;
    if (slot == NOWHERE) slots.put(key, slot = takeSlot());
    else before = at(slot);
    set(slot, value);
    return before;
  }

  private int takeSlot() {
    if (freeCount > 0) return free[--freeCount];
    int block = used >>> BLOCK_BITS;
    if (block == blocks.length) blocks = Arrays.copyOf(blocks, 2 * block);
    if (blocks[block] == null) blocks[block] = new Object[BLOCK];
    return used++;
  }

  void putAll(ObjectMap<V> other) {
    for (long key : other.keys()) put(key, other.get(key));
  }

  /// What was there, or `null`.
  V remove(long key) {
    int slot = (int) slots.remove(key);
    if (slot == NOWHERE) return null;
    V before = at(slot);
    set(slot, null);
    if (freeCount == free.length) free = Arrays.copyOf(free, 2 * freeCount);
    free[freeCount++] = slot;
    return before;
  }

  int size() {
    return (int) slots.size();
  }

  /// All keys, in no order.
  long[] keys() {
    return slots.keys();
  }
}
