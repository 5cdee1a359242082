package io.skep.domain.engine.timer;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex.Kind;
import io.skep.domain.engine.timer.TimerEvent.*;

/// All timers of the partition by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class TimerTable {
  private final Aggregates aggregates;
  private final Table<Timer> rows;
  private final DueIndex due;

  public TimerTable(Journal journal, Aggregates aggregates, DueIndex due) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    this.due = due;
  }

  /// The timer, or `null` if there is none.
  public Timer get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  public void apply(TimerEvent event) {
    switch (event) {
      case TimerCreated(long key, long elementInstanceKey, Timer.Start start, Place place) -> {
        rows.insert(
            key,
            aggregates.ofInstance(place.processInstanceKey()),
            new Timer(key, elementInstanceKey, start));
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

  /// Has one that was loaded become due.
  public void index(long key) {
    due.add(rows.get(key).start().dueAtMs(), Kind.TIMER, key);
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    Timer.Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.element())
        .writeLong(start.dueAtMs())
        .writeInt(start.repetitions())
        .writeText(start.interval());
  }

  public void load(long elementInstanceKey, Aggregate owner, StateReader in) {
    long key = in.readLong();
    var start = new Timer.Start(in.readInt(), in.readLong(), in.readInt(), in.readText());
    rows.load(key, owner, new Timer(key, elementInstanceKey, start));
  }
}
