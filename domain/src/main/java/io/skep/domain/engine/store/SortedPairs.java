package io.skep.domain.engine.store;

import java.util.Arrays;

/// Pairs of numbers in ascending order, each pair once, for millions of them: about 20 bytes a
/// pair, and nothing that takes long to grow. Made of blocks, each of them sorted.
public final class SortedPairs {
  /// In a block. More would have to be moved at each change, fewer make more blocks to be found.
  private static final int MAX_PAIRS = 128;

  private static final int FIRST_PAIRS = 4;

  private final BlockList<Block> blocks = new BlockList<>(MAX_PAIRS);
  private int size;

  /// Pairs one after the other, the major number first.
  private static final class Block extends BlockList.Block<Block> {
    long[] numbers;
    int pairs;

    Block(int capacity) {
      numbers = new long[2 * capacity];
    }

    @Override
    int size() {
      return pairs;
    }

    @Override
    boolean isAbove(long major, long minor) {
      long own = numbers[0];
      return own > major || own == major && numbers[1] > minor;
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

    @Override
    void takeAll(Block next) {
      if (2 * (pairs + next.pairs) > numbers.length)
        numbers = Arrays.copyOf(numbers, 2 * MAX_PAIRS);
      System.arraycopy(next.numbers, 0, numbers, 2 * pairs, 2 * next.pairs);
      pairs += next.pairs;
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
      if (block < blocks.count() && pair == blocks.at(block).pairs) {
        block++;
        pair = 0;
      }
    }

    public boolean atEnd() {
      return block == blocks.count();
    }

    public long major() {
      return blocks.at(block).numbers[2 * pair];
    }

    public long minor() {
      return blocks.at(block).numbers[2 * pair + 1];
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
    return size == 0 ? missing : blocks.at(0).numbers[0];
  }

  /// Begins at the lowest pair that is not below this one. Nothing may change while it is used.
  public Cursor from(long major, long minor) {
    if (size == 0) return new Cursor(0, 0);
    int block = blocks.find(major, minor);
    return new Cursor(block, blocks.at(block).placeOf(major, minor));
  }

  /// The lowest minor number above one that comes with a major number.
  ///
  /// @param missing what to return if there is none
  public long minorAbove(long major, long minor, long missing) {
    if (size == 0) return missing;
    int i = blocks.find(major, minor + 1);
    Block block = blocks.at(i);
    int pair = block.placeOf(major, minor + 1);
    if (pair == block.pairs) {
      if (++i == blocks.count()) return missing;
      block = blocks.at(i);
      pair = 0;
    }
    return block.numbers[2 * pair] == major ? block.numbers[2 * pair + 1] : missing;
  }

  /// @return whether it was not there
  public boolean add(long major, long minor) {
    if (size == 0) blocks.insert(0, new Block(FIRST_PAIRS));
    int i = blocks.find(major, minor);
    Block block = blocks.at(i);
    int pair = block.placeOf(major, minor);
    if (block.is(pair, major, minor)) return false;
    size++;
    if (block.pairs == MAX_PAIRS) {
      // Most numbers grow, more or less. Then blocks stay full.
      int half = i < blocks.count() - 1 ? MAX_PAIRS / 2 : Math.max(pair, MAX_PAIRS - MAX_PAIRS / 8);
      blocks.insert(i + 1, block.split(half));
      if (pair >= half) {
        block = blocks.at(i + 1);
        pair -= half;
      }
    }
    block.insert(pair, major, minor);
    return true;
  }

  /// @return whether it was there
  public boolean remove(long major, long minor) {
    if (size == 0) return false;
    int i = blocks.find(major, minor);
    Block block = blocks.at(i);
    int pair = block.placeOf(major, minor);
    if (!block.is(pair, major, minor)) return false;
    block.remove(pair);
    size--;
    blocks.shrunk(i);
    return true;
  }
}
