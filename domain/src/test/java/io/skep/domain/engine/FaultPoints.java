package io.skep.domain.engine;

import java.util.AbstractList;
import java.util.List;

/// Bugs on demand: lists of a model that the engine looks at often, in deciding and in applying,
/// and that fail at a look chosen beforehand.
final class FaultPoints {
  private static final int NEVER = -1;

  private int left = NEVER;

  /// @param looks how many looks go well
  void arm(int looks) {
    left = looks;
  }

  void disarm() {
    left = NEVER;
  }

  <T> List<T> watch(List<T> list) {
    return new Watched<>(this, list);
  }

  private void look() {
    if (left == NEVER) return;
    if (left == 0) {
      left = NEVER;
      throw new IllegalStateException("a bug on demand");
    }
    left--;
  }

  private static final class Watched<T> extends AbstractList<T> {
    private final FaultPoints faults;
    private final List<T> list;

    Watched(FaultPoints faults, List<T> list) {
      this.faults = faults;
      this.list = list;
    }

    @Override
    public T get(int index) {
      faults.look();
      return list.get(index);
    }

    @Override
    public int size() {
      faults.look();
      return list.size();
    }
  }
}
