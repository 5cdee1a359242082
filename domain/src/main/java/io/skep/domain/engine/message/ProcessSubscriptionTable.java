package io.skep.domain.engine.message;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.message.ProcessSubscription.Start;
import io.skep.domain.engine.message.ProcessSubscriptionEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;

/// What instances of this partition wait for, by subscription key. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class ProcessSubscriptionTable {
  private final Aggregates aggregates;
  private final Table<ProcessSubscription> rows;

  public ProcessSubscriptionTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
  }

  /// The subscription, or `null` if there is none.
  public ProcessSubscription get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  public void apply(ProcessSubscriptionEvent event) {
    switch (event) {
      case SubscriptionOpening(long key, long elementInstanceKey, Start start, Place place) ->
          rows.insert(
              key,
              aggregates.ofInstance(place.processInstanceKey()),
              new ProcessSubscription(key, elementInstanceKey, start));
      case SubscriptionOpened _ -> {}
      case MessageCorrelated correlated -> {
        if (correlated.start().interrupting()) rows.remove(correlated.key());
      }
      case SubscriptionClosed closed -> rows.remove(closed.key());
    }
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.event())
        .writeText(start.messageName())
        .writeText(start.correlationKey())
        .writeBoolean(start.interrupting());
  }

  public void load(long elementInstanceKey, Aggregate owner, StateReader in) {
    long key = in.readLong();
    var start = new Start(in.readInt(), in.readText(), in.readText(), in.readBoolean());
    rows.load(key, owner, new ProcessSubscription(key, elementInstanceKey, start));
  }
}
