package io.skep.domain.engine.store;

import org.agrona.collections.Long2LongHashMap;

/// Numbers by key, for millions of them: made of many small maps, so that none takes long to grow.
final class LongMap {
  private static final int SHARD_BITS = 10;

  private final Long2LongHashMap[] shards = new Long2LongHashMap[1 << SHARD_BITS];
  private final long missing;
  private long size;

  /// @param missing what stands for no number
  LongMap(long missing) {
    this.missing = missing;
  }

  long get(long key) {
    Long2LongHashMap shard = shards[shardOf(key)];
    return shard == null ? missing : shard.get(key);
  }

  void put(long key, long value) {
    int i = shardOf(key);
    Long2LongHashMap shard = shards[i];
    if (shard == null) shard = shards[i] = new Long2LongHashMap(8, 0.75f, missing);
    if (shard.put(key, value) == missing) size++;
  }

  /// What was there.
  long remove(long key) {
    Long2LongHashMap shard = shards[shardOf(key)];
    if (shard == null) return missing;
    long value = shard.remove(key);
    if (value != missing) size--;
    return value;
  }

  long size() {
    return size;
  }

  long[] keys() {
    long[] keys = new long[Math.toIntExact(size)];
    int count = 0;
    for (Long2LongHashMap shard : shards) {
      if (shard == null) continue;
      for (var iterator = shard.keySet().iterator(); iterator.hasNext(); )
        keys[count++] = iterator.nextValue();
    }
    return keys;
  }

  private static int shardOf(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> 64 - SHARD_BITS);
  }
}
