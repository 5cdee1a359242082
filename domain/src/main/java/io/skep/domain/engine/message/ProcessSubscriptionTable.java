package io.skep.domain.engine.message;

import io.skep.domain.engine.message.ProcessSubscription.Start;
import io.skep.domain.engine.message.ProcessSubscriptionEvent.*;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;

/// What instances of this partition wait for, by subscription key. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class ProcessSubscriptionTable {
  private final Table<ProcessSubscription> rows;

  public ProcessSubscriptionTable(Journal journal) {
    this(new Table<>(journal));
  }

  private ProcessSubscriptionTable(Table<ProcessSubscription> rows) {
    this.rows = rows;
  }

  /// The subscription, or `null` if there is none.
  public ProcessSubscription get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// For reading only.
  public ProcessSubscriptionTable frozen() {
    return new ProcessSubscriptionTable(rows.frozen());
  }

  public void apply(ProcessSubscriptionEvent event) {
    switch (event) {
      case SubscriptionOpening(long key, long elementInstanceKey, Start start, _) ->
          rows.insert(key, new ProcessSubscription(key, elementInstanceKey, start));
      case SubscriptionOpened _ -> {}
      case MessageCorrelated correlated -> {
        if (correlated.start().interrupting()) rows.remove(correlated.key());
      }
      case SubscriptionClosed closed -> rows.remove(closed.key());
    }
  }

  public void write(long key, StateWriter out) {
    Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.event())
        .writeText(start.messageName())
        .writeText(start.correlationKey())
        .writeBoolean(start.interrupting());
  }

  public void read(long elementInstanceKey, StateReader in) {
    long key = in.readLong();
    var start = new Start(in.readInt(), in.readText(), in.readText(), in.readBoolean());
    rows.insert(key, new ProcessSubscription(key, elementInstanceKey, start));
  }
}
