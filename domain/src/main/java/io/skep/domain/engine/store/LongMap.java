package io.skep.domain.engine.store;

/// Numbers by key, for millions of them: about 22 bytes each. Made of many small tables, so that
/// none takes long to grow; and they grow by a quarter, so that they are never half empty.
final class LongMap {
  private static final int SHARD_BITS = 10;

  private final int shardBits;
  private final Shard[] shards;
  private final long missing;
  private long size;

  /// @param missing what stands for no number
  LongMap(long missing) {
    this(missing, SHARD_BITS);
  }

  /// @param shardBits the logarithm to base two of how many small tables it is made of
  LongMap(long missing, int shardBits) {
    this.missing = missing;
    this.shardBits = shardBits;
    shards = new Shard[1 << shardBits];
  }

  long get(long key) {
    long hash = FibonacciHash.of(key);
    Shard shard = shards[shardOf(hash)];
    if (shard == null) return missing;
    int slot = shard.find(key, hash);
    return shard.numbers[slot + 1];
  }

  /// @param value not the one that stands for no number
  void put(long key, long value) {
    long hash = FibonacciHash.of(key);
    int i = shardOf(hash);
    Shard shard = shards[i];
    if (shard == null) shard = shards[i] = new Shard();
    int slot = shard.find(key, hash);
    boolean isNew = shard.numbers[slot + 1] == missing;
    shard.numbers[slot] = key;
    shard.numbers[slot + 1] = value;
    if (!isNew) return;
    size++;
    shard.size++;
    if (shard.isFull()) shard.rehash(shard.capacity + shard.capacity / 4 + 1);
  }

  /// What was there.
  long remove(long key) {
    long hash = FibonacciHash.of(key);
    Shard shard = shards[shardOf(hash)];
    if (shard == null) return missing;
    int slot = shard.find(key, hash);
    long value = shard.numbers[slot + 1];
    if (value == missing) return missing;
    shard.free(slot);
    size--;
    shard.size--;
    if (shard.isNearlyEmpty()) shard.rehash(shard.capacity / 2);
    return value;
  }

  long size() {
    return size;
  }

  long[] keys() {
    long[] keys = new long[Math.toIntExact(size)];
    int count = 0;
    for (Shard shard : shards) {
      if (shard == null) continue;
      for (int slot = 0; slot < shard.numbers.length; slot += 2)
        if (shard.numbers[slot + 1] != missing) keys[count++] = shard.numbers[slot];
    }
    return keys;
  }

  private int shardOf(long hash) {
    return (int) (hash >>> Long.SIZE - shardBits);
  }

  /// A table in which a key is at the place of its hash or behind it, with no free place in
  /// between.
  private final class Shard {
    private static final int LEAST_CAPACITY = 5;

    int capacity = LEAST_CAPACITY;
    int size;

    /// Keys and numbers by turns.
    long[] numbers = empty(capacity);

    private long[] empty(int capacity) {
      long[] numbers = new long[2 * capacity];
      for (int slot = 0; slot < numbers.length; slot += 2) numbers[slot + 1] = missing;
      return numbers;
    }

    /// Where a key belongs: twice the share of the capacity that the hash's bits, less those of the
    /// shard, are of all they could be.
    private int home(long hash) {
      return 2 * (int) ((hash << shardBits >>> 32) * capacity >>> 32);
    }

    private int next(int slot) {
      return slot + 2 == numbers.length ? 0 : slot + 2;
    }

    /// Where the key is, or would be. There is always a free place.
    int find(long key, long hash) {
      int slot = home(hash);
      while (numbers[slot + 1] != missing && numbers[slot] != key) slot = next(slot);
      return slot;
    }

    /// Four in five: with more the way to a free place gets long.
    boolean isFull() {
      return 5 * size > 4 * capacity;
    }

    boolean isNearlyEmpty() {
      return capacity > 4 * LEAST_CAPACITY && 4 * size < capacity;
    }

    /// Frees a place and moves there what could not be found otherwise.
    void free(int slot) {
      int hole = slot;
      for (int i = next(slot); numbers[i + 1] != missing; i = next(i)) {
        int home = home(FibonacciHash.of(numbers[i]));
        boolean isReached = hole <= i ? hole < home && home <= i : hole < home || home <= i;
        if (isReached) continue;
        numbers[hole] = numbers[i];
        numbers[hole + 1] = numbers[i + 1];
        hole = i;
      }
      numbers[hole + 1] = missing;
    }

    void rehash(int newCapacity) {
      long[] old = numbers;
      capacity = newCapacity;
      numbers = empty(newCapacity);
      for (int i = 0; i < old.length; i += 2) {
        if (old[i + 1] == missing) continue;
        int slot = find(old[i], FibonacciHash.of(old[i]));
        numbers[slot] = old[i];
        numbers[slot + 1] = old[i + 1];
      }
    }
  }
}
