package io.skep.domain.engine.store;

import java.util.Arrays;

/// Blocks of numbers in ascending order, none of them empty, so that no change moves more than a
/// block and a place for it.
final class BlockList<B extends BlockList.Block<B>> {
  private static final int FEW = 64;

  private final int capacity;
  private Block<B>[] blocks = newBlocks(1);
  private int count;

  /// Numbers in ascending order. What is one thing in a block, be it a number or a pair of them, is
  /// for whoever makes it to say.
  abstract static class Block<B> {
    /// How many things are in it.
    abstract int size();

    /// Whether its first thing is above this one.
    ///
    /// @param minor of no importance if a thing is a single number
    abstract boolean isAbove(long major, long minor);

    /// Adds what is in a block behind it. There is room in one block for both.
    abstract void takeAll(B next);
  }

  /// @param capacity the most things in a block
  BlockList(int capacity) {
    this.capacity = capacity;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <B> Block<B>[] newBlocks(int length) {
    return new Block[length];
  }

  int count() {
    return count;
  }

  @SuppressWarnings("unchecked")
  B at(int i) {
    return (B) blocks[i];
  }

  /// The last block that begins with this thing or below, the first if there is none.
  int find(long major, long minor) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks[middle].isAbove(major, minor)) high = middle - 1;
      else low = middle;
    }
    return low;
  }

  void insert(int i, B block) {
    if (count == blocks.length) blocks = Arrays.copyOf(blocks, 2 * count);
    System.arraycopy(blocks, i, blocks, i + 1, count - i);
    blocks[i] = block;
    count++;
  }

  /// A block has less in it. What is left of many must not take up the room of all.
  void shrunk(int i) {
    int size = blocks[i].size();
    if (size == 0) {
      drop(i);
    } else if (size <= capacity / 4) {
      if (i > 0 && fits(i - 1)) merge(i - 1);
      else if (fits(i)) merge(i);
    }
  }

  private void drop(int i) {
    count--;
    System.arraycopy(blocks, i + 1, blocks, i, count - i);
    blocks[count] = null;
    if (blocks.length > FEW && count < blocks.length / 4)
      blocks = Arrays.copyOf(blocks, blocks.length / 2);
  }

  /// Whether a block and the next would be no more than half a block.
  private boolean fits(int i) {
    return i + 1 < count && blocks[i].size() + blocks[i + 1].size() <= capacity / 2;
  }

  private void merge(int i) {
    at(i).takeAll(at(i + 1));
    drop(i + 1);
  }
}
