package io.skep.domain.engine.store;

import java.util.Arrays;

/// Keys in ascending order, each once, for millions of them: 8 to 12 bytes a key, and nothing that
/// takes long, be it to grow or to take one out of the middle. Made of blocks, each of them sorted;
/// best at what comes at the end and leaves from the front.
public final class SortedKeys {
  /// In a block. More would have to be moved at each change, fewer make more blocks to be found.
  private static final int MAX_KEYS = 256;

  private static final int FIRST_KEYS = 8;

  private Block[] blocks = new Block[1];
  private int blockCount;
  private int size;

  /// Keys in a part of an array.
  private static final class Block {
    long[] keys;
    int from;
    int to;

    Block(int capacity) {
      keys = new long[capacity];
    }

    int count() {
      return to - from;
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
      int count = count();
      long[] target = from > 0 ? keys : new long[Math.min(2 * keys.length, MAX_KEYS)];
      System.arraycopy(keys, from, target, 0, count);
      keys = target;
      from = 0;
      to = count;
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
    Block first = blocks[0];
    if (first.keys[first.from] > key) return first.keys[first.from];
    int i = blockOf(key);
    int place = blocks[i].placeOf(key + 1);
    if (place < blocks[i].to) return blocks[i].keys[place];
    return ++i == blockCount ? missing : blocks[i].keys[blocks[i].from];
  }

  /// @return whether it was not there
  public boolean add(long key) {
    if (blockCount == 0) insert(0, new Block(FIRST_KEYS));
    int i = blockOf(key);
    Block block = blocks[i];
    int place = block.placeOf(key);
    if (place < block.to && block.keys[place] == key) return false;
    size++;
    if (block.count() == MAX_KEYS) {
      // Most keys grow. Then blocks stay full.
      boolean atEnd = place == block.to && i == blockCount - 1;
      int half = atEnd ? block.to : block.from + MAX_KEYS / 2;
      insert(i + 1, block.split(half));
      if (place >= half) {
        place -= half;
        block = blocks[i + 1];
      }
    }
    block.insert(place, key);
    return true;
  }

  /// @return whether it was there
  public boolean remove(long key) {
    if (size == 0) return false;
    int i = blockOf(key);
    Block block = blocks[i];
    int place = block.placeOf(key);
    if (place == block.to || block.keys[place] != key) return false;
    block.remove(place);
    size--;
    if (block.count() == 0) drop(i);
    else if (block.count() <= MAX_KEYS / 4) merge(i);
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
      insert(blockCount, block);
    }
    size = count;
  }

  /// The last block that begins with this key or below, the first if there is none.
  private int blockOf(long key) {
    int low = 0;
    int high = blockCount - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].keys[blocks[middle].from] <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private void insert(int i, Block block) {
    if (blockCount == blocks.length) blocks = Arrays.copyOf(blocks, 2 * blockCount);
    System.arraycopy(blocks, i, blocks, i + 1, blockCount - i);
    blocks[i] = block;
    blockCount++;
  }

  private void drop(int i) {
    blockCount--;
    System.arraycopy(blocks, i + 1, blocks, i, blockCount - i);
    blocks[blockCount] = null;
    if (blocks.length > 64 && blockCount < blocks.length / 4)
      blocks = Arrays.copyOf(blocks, blocks.length / 2);
  }

  /// What is left of many must not take up the room of all.
  private void merge(int i) {
    if (i > 0 && fits(i - 1)) i--;
    else if (!fits(i)) return;
    Block into = blocks[i];
    Block other = blocks[i + 1];
    var both = new Block(MAX_KEYS);
    System.arraycopy(into.keys, into.from, both.keys, 0, into.count());
    System.arraycopy(other.keys, other.from, both.keys, into.count(), other.count());
    both.to = into.count() + other.count();
    blocks[i] = both;
    drop(i + 1);
  }

  private boolean fits(int i) {
    return i + 1 < blockCount && blocks[i].count() + blocks[i + 1].count() <= MAX_KEYS / 2;
  }
}
