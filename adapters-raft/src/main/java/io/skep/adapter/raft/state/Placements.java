package io.skep.adapter.raft.state;

import java.util.Arrays;

/// Which record went where.
final class Placements {
  private long[] keys = new long[1024];
  private long[] places = new long[1024];
  private int count;

  void add(long key, long place) {
    if (count == keys.length) {
      int larger = count + (count >> 1);
      keys = Arrays.copyOf(keys, larger);
      places = Arrays.copyOf(places, larger);
    }
    keys[count] = key;
    places[count++] = place;
  }

  /// Only the first [#count] are of meaning, as in [#places].
  long[] keys() {
    return keys;
  }

  long[] places() {
    return places;
  }

  int count() {
    return count;
  }
}
