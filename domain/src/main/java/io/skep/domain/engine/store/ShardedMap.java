package io.skep.domain.engine.store;

import org.agrona.collections.Long2ObjectHashMap;

/// Objects by key. Made of many small maps, so that none takes long to grow: to double one of a
/// million entries takes some 20 ms.
final class ShardedMap<V> {
  private static final int SHARD_BITS = 6;

  private final Shard<V>[] shards;
  private int size;

  private static final class Shard<V> extends Long2ObjectHashMap<V> {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  ShardedMap() {
    shards = new Shard[1 << SHARD_BITS];
  }

  private static int shardOf(long key) {
    return (int) (FibonacciHash.of(key) >>> Long.SIZE - SHARD_BITS);
  }

  /// `null` if there is none.
  V get(long key) {
    Shard<V> shard = shards[shardOf(key)];
    return shard == null ? null : shard.get(key);
  }

  /// What was there, or `null`.
  V put(long key, V value) {
    int i = shardOf(key);
    if (shards[i] == null) shards[i] = new Shard<>();
    V before = shards[i].put(key, value);
    if (before == null) size++;
    return before;
  }

  void putAll(ShardedMap<V> other) {
    for (Shard<V> shard : other.shards) if (shard != null) shard.forEachLong(this::put);
  }

  /// What was there, or `null`.
  V remove(long key) {
    Shard<V> shard = shards[shardOf(key)];
    V before = shard == null ? null : shard.remove(key);
    if (before != null) size--;
    return before;
  }

  int size() {
    return size;
  }

  /// All keys, in no order.
  long[] keys() {
    long[] keys = new long[size];
    int count = 0;
    for (Shard<V> shard : shards) {
      if (shard == null) continue;
      for (var iterator = shard.keySet().iterator(); iterator.hasNext(); )
        keys[count++] = iterator.nextLong();
    }
    return keys;
  }
}
