package io.skep.domain.engine.store;

import java.util.Arrays;

/// What one turn has changed, so that it can be taken back.
public final class Journal {
  /// Says that a number was noted, which is made an object only if the turn is taken back.
  private static final Object NUMBER = new Object();

  private Undoable[] places = new Undoable[64];
  private long[] keys = new long[64];
  private long[] numbers = new long[64];
  private Object[] values = new Object[64];
  private int size;
  private long turn;

  /// Begins a turn. What the one before did can no longer be taken back.
  public void begin() {
    if (size > 0) {
      Arrays.fill(places, 0, size, null);
      Arrays.fill(values, 0, size, null);
      size = 0;
    }
    turn++;
  }

  /// Takes back what was done since [#begin], the last change first.
  public void undo() {
    while (size > 0) {
      size--;
      Object value = values[size] == NUMBER ? (Object) numbers[size] : values[size];
      places[size].undo(keys[size], value);
      places[size] = null;
      values[size] = null;
    }
    // Rows that the turn made must not be taken for the next one's own.
    turn++;
  }

  long turn() {
    return turn;
  }

  /// @param value whatever `place` needs to take back the change
  public void note(Undoable place, long key, Object value) {
    if (size == places.length) {
      places = Arrays.copyOf(places, size * 2);
      keys = Arrays.copyOf(keys, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    places[size] = place;
    keys[size] = key;
    values[size++] = value;
  }

  /// @param number what `place` needs to take back the change, which gets it as a [Long]
  public void noteNumber(Undoable place, long key, long number) {
    note(place, key, NUMBER);
    numbers[size - 1] = number;
  }

  /// Something whose changes can be taken back one by one, in reverse order.
  public interface Undoable {
    void undo(long key, Object value);
  }
}
