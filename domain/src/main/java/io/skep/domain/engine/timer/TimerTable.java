package io.skep.domain.engine.timer;

import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex.Kind;
import io.skep.domain.engine.timer.TimerEvent.*;

/// All timers of the partition by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class TimerTable {
  private final Table<Timer> rows;
  private final DueIndex due;

  public TimerTable(Journal journal, DueIndex due) {
    this(new Table<>(journal), due);
  }

  private TimerTable(Table<Timer> rows, DueIndex due) {
    this.rows = rows;
    this.due = due;
  }

  /// The timer, or `null` if there is none.
  public Timer get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// For reading only.
  public TimerTable frozen() {
    return new TimerTable(rows.frozen(), null);
  }

  public void apply(TimerEvent event) {
    switch (event) {
      case TimerCreated(long key, long elementInstanceKey, Timer.Start start, _) -> {
        rows.insert(key, new Timer(key, elementInstanceKey, start));
        due.add(start.dueAtMs(), Kind.TIMER, key);
      }
      case TimerTriggered(long key, _, _, _) -> remove(key);
      case TimerCanceled(long key, _, _, _) -> remove(key);
    }
  }

  private void remove(long key) {
    Timer timer = rows.remove(key);
    due.remove(timer.start().dueAtMs(), Kind.TIMER, key);
  }

  public void write(long key, StateWriter out) {
    Timer.Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.element())
        .writeLong(start.dueAtMs())
        .writeInt(start.repetitions())
        .writeText(start.interval());
  }

  public void read(long elementInstanceKey, StateReader in) {
    long key = in.readLong();
    var start = new Timer.Start(in.readInt(), in.readLong(), in.readInt(), in.readText());
    rows.insert(key, new Timer(key, elementInstanceKey, start));
    due.add(start.dueAtMs(), Kind.TIMER, key);
  }
}
