package io.skep.domain.engine.store;

/// Something a [Table] holds. It may be changed only in the turn that made it; later turns copy it
/// first. So what a turn did can be taken back.
public abstract class Row {
  /// The turn that made this copy, 0 if it was read. Kept by the table.
  long turn;

  /// What it is a part of, `null` if nothing. Kept by the table.
  Aggregate owner;

  /// A copy that can be changed without changing this one.
  protected abstract Row copy();

  public Aggregate owner() {
    return owner;
  }
}
