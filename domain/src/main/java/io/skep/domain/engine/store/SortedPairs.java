package io.skep.domain.engine.store;

import java.util.Arrays;

/// Pairs of numbers in ascending order, each pair once, for millions of them: about 20 bytes a
/// pair, and nothing that takes long to grow. Made of blocks, each of them sorted.
public final class SortedPairs {
  /// In a block. More would have to be moved at each change, fewer make more blocks to be found.
  private static final int MAX_PAIRS = 128;

  private static final int FIRST_PAIRS = 4;

  private Block[] blocks = new Block[1];
  private int blockCount;
  private int size;

  /// Pairs one after the other, the major number first.
  private static final class Block {
    long[] numbers;
    int pairs;

    Block(int capacity) {
      numbers = new long[2 * capacity];
    }

    /// The place of the first pair that is not below another, the number of pairs if there is none.
    int placeOf(long major, long minor) {
      int low = 0;
      int high = pairs;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (isBelow(middle, major, minor)) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    boolean isBelow(int i, long major, long minor) {
      long own = numbers[2 * i];
      return own < major || own == major && numbers[2 * i + 1] < minor;
    }

    boolean is(int i, long major, long minor) {
      return i < pairs && numbers[2 * i] == major && numbers[2 * i + 1] == minor;
    }

    void insert(int i, long major, long minor) {
      if (2 * pairs == numbers.length)
        numbers = Arrays.copyOf(numbers, Math.min(2 * numbers.length, 2 * MAX_PAIRS));
      System.arraycopy(numbers, 2 * i, numbers, 2 * i + 2, 2 * (pairs - i));
      numbers[2 * i] = major;
      numbers[2 * i + 1] = minor;
      pairs++;
    }

    void remove(int i) {
      pairs--;
      System.arraycopy(numbers, 2 * i + 2, numbers, 2 * i, 2 * (pairs - i));
    }

    /// Moves what is at a place and behind it to a new block.
    Block split(int from) {
      var rest = new Block(MAX_PAIRS);
      rest.pairs = pairs - from;
      System.arraycopy(numbers, 2 * from, rest.numbers, 0, 2 * rest.pairs);
      pairs = from;
      return rest;
    }

    void takeAll(Block other) {
      if (2 * (pairs + other.pairs) > numbers.length)
        numbers = Arrays.copyOf(numbers, 2 * MAX_PAIRS);
      System.arraycopy(other.numbers, 0, numbers, 2 * pairs, 2 * other.pairs);
      pairs += other.pairs;
    }
  }

  /// Where a pair is, or where one was that has gone since.
  public final class Cursor {
    private int block;
    private int pair;

    private Cursor(int block, int pair) {
      this.block = block;
      this.pair = pair;
      settle();
    }

    private void settle() {
      if (block < blockCount && pair == blocks[block].pairs) {
        block++;
        pair = 0;
      }
    }

    public boolean atEnd() {
      return block == blockCount;
    }

    public long major() {
      return blocks[block].numbers[2 * pair];
    }

    public long minor() {
      return blocks[block].numbers[2 * pair + 1];
    }

    /// Goes to the next pair.
    public void advance() {
      pair++;
      settle();
    }
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /// The major number of the lowest pair.
  ///
  /// @param missing what to return if there is none
  public long lowestMajor(long missing) {
    return size == 0 ? missing : blocks[0].numbers[0];
  }

  /// Begins at the lowest pair that is not below this one. Nothing may change while it is used.
  public Cursor from(long major, long minor) {
    if (size == 0) return new Cursor(0, 0);
    int block = blockOf(major, minor);
    return new Cursor(block, blocks[block].placeOf(major, minor));
  }

  /// The lowest minor number above one that comes with a major number.
  ///
  /// @param missing what to return if there is none
  public long minorAbove(long major, long minor, long missing) {
    if (size == 0) return missing;
    int i = blockOf(major, minor + 1);
    int pair = blocks[i].placeOf(major, minor + 1);
    if (pair == blocks[i].pairs) {
      if (++i == blockCount) return missing;
      pair = 0;
    }
    return blocks[i].numbers[2 * pair] == major ? blocks[i].numbers[2 * pair + 1] : missing;
  }

  /// @return whether it was not there
  public boolean add(long major, long minor) {
    if (blockCount == 0) insert(0, new Block(FIRST_PAIRS));
    int i = blockOf(major, minor);
    Block block = blocks[i];
    int pair = block.placeOf(major, minor);
    if (block.is(pair, major, minor)) return false;
    size++;
    if (block.pairs == MAX_PAIRS) {
      // Most numbers grow, more or less. Then blocks stay full.
      int half = i < blockCount - 1 ? MAX_PAIRS / 2 : Math.max(pair, MAX_PAIRS - MAX_PAIRS / 8);
      insert(i + 1, block.split(half));
      if (pair >= half) {
        block = blocks[i + 1];
        pair -= half;
      }
    }
    block.insert(pair, major, minor);
    return true;
  }

  /// @return whether it was there
  public boolean remove(long major, long minor) {
    if (size == 0) return false;
    int i = blockOf(major, minor);
    Block block = blocks[i];
    int pair = block.placeOf(major, minor);
    if (!block.is(pair, major, minor)) return false;
    block.remove(pair);
    size--;
    if (block.pairs == 0) drop(i);
    else if (block.pairs <= MAX_PAIRS / 4) merge(i);
    return true;
  }

  /// The last block that begins with this pair or below, the first if there is none.
  private int blockOf(long major, long minor) {
    int low = 0;
    int high = blockCount - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].isBelow(0, major, minor) || blocks[middle].is(0, major, minor))
        low = middle;
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
    blocks[i].takeAll(blocks[i + 1]);
    drop(i + 1);
  }

  private boolean fits(int i) {
    return i + 1 < blockCount && blocks[i].pairs + blocks[i + 1].pairs <= MAX_PAIRS / 2;
  }
}
