package io.skep.domain.engine.store;

/// Something a [Table] holds. It may be changed only in the turn that made it; later turns copy it
/// first. So what a turn did can be taken back, and a snapshot can be written while the partition
/// goes on.
public abstract class Row {
  /// The turn that made this copy. Kept by the table.
  long turn;

  /// A copy that can be changed without changing this one.
  protected abstract Row copy();
}
