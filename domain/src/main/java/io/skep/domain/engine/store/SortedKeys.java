package io.skep.domain.engine.store;

import java.util.Arrays;

/// Keys in ascending order, each once, for millions of them: 8 to 12 bytes a key, and nothing that
/// takes long, be it to grow or to take one out of the middle. Made of blocks, each of them sorted;
/// best at what comes at the end and leaves from the front.
public final class SortedKeys {
  /// In a block. More would have to be moved at each change, fewer make more blocks to be found.
  private static final int MAX_KEYS = 256;

  private static final int FIRST_KEYS = 8;

  private final BlockList<Block> blocks = new BlockList<>(MAX_KEYS);
  private int size;

  /// Keys in a part of an array.
  private static final class Block extends BlockList.Block<Block> {
    long[] keys;
    int from;
    int to;

    Block(int capacity) {
      keys = new long[capacity];
    }

    @Override
    int size() {
      return to - from;
    }

    long first() {
      return keys[from];
    }

    @Override
    boolean isAbove(long key, long minor) {
      return keys[from] > key;
    }

    /// The place of the first key that is not below another, the end if there is none.
    int placeOf(long key) {
      int low = from;
      int high = to;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (keys[middle] < key) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    void insert(int place, long key) {
      int at = place - from;
      if (to == keys.length) makeRoom();
      at += from;
      System.arraycopy(keys, at, keys, at + 1, to - at);
      keys[at] = key;
      to++;
    }

    private void makeRoom() {
      int size = size();
      long[] target = from > 0 ? keys : new long[Math.min(2 * keys.length, MAX_KEYS)];
      System.arraycopy(keys, from, target, 0, size);
      keys = target;
      from = 0;
      to = size;
    }

    void remove(int place) {
      if (place == from) {
        from++;
        return;
      }
      to--;
      System.arraycopy(keys, place + 1, keys, place, to - place);
    }

    /// Moves the upper half, or what is behind a place, to a new block.
    Block split(int place) {
      var rest = new Block(MAX_KEYS);
      rest.to = to - place;
      System.arraycopy(keys, place, rest.keys, 0, rest.to);
      to = place;
      return rest;
    }

    @Override
    void takeAll(Block next) {
      var both = new long[MAX_KEYS];
      System.arraycopy(keys, from, both, 0, size());
      System.arraycopy(next.keys, next.from, both, size(), next.size());
      to = size() + next.size();
      from = 0;
      keys = both;
    }
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// The lowest key above one.
  ///
  /// @param missing what to return if there is none
  public long above(long key, long missing) {
    if (size == 0) return missing;
    long lowest = blocks.at(0).first();
    if (lowest > key) return lowest;
    int i = blocks.find(key, 0);
    Block block = blocks.at(i);
    int place = block.placeOf(key + 1);
    if (place < block.to) return block.keys[place];
    return ++i == blocks.count() ? missing : blocks.at(i).first();
  }

  /// @return whether it was not there
  public boolean add(long key) {
    if (size == 0) blocks.insert(0, new Block(FIRST_KEYS));
    int i = blocks.find(key, 0);
    Block block = blocks.at(i);
    int place = block.placeOf(key);
    if (place < block.to && block.keys[place] == key) return false;
    size++;
    if (block.size() == MAX_KEYS) {
      // Most keys grow. Then blocks stay full.
      boolean atEnd = place == block.to && i == blocks.count() - 1;
      int half = atEnd ? block.to : block.from + MAX_KEYS / 2;
      blocks.insert(i + 1, block.split(half));
      if (place >= half) {
        place -= half;
        block = blocks.at(i + 1);
      }
    }
    block.insert(place, key);
    return true;
  }

  /// @return whether it was there
  public boolean remove(long key) {
    if (size == 0) return false;
    int i = blocks.find(key, 0);
    Block block = blocks.at(i);
    int place = block.placeOf(key);
    if (place == block.to || block.keys[place] != key) return false;
    block.remove(place);
    size--;
    blocks.shrunk(i);
    return true;
  }

  /// Takes over many at once. There must be none yet.
  ///
  /// @param keys in any order, each once; not kept
  public void addAll(long[] keys, int count) {
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    for (int from = 0; from < count; from += MAX_KEYS) {
      var block = new Block(MAX_KEYS);
      block.to = Math.min(MAX_KEYS, count - from);
      System.arraycopy(sorted, from, block.keys, 0, block.to);
      blocks.insert(blocks.count(), block);
    }
    size = count;
  }
}
