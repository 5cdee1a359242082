package io.skep.domain.engine.signal;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.signal.SignalEvent.*;
import io.skep.domain.engine.signal.SignalSubscription.Start;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import java.util.List;

/// Who listens for signals, by subscription key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class SignalSubscriptionTable {
  private final Aggregates aggregates;
  private final Table<SignalSubscription> rows;
  private final KeyIndex<Subject> bySubject;

  public SignalSubscriptionTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    bySubject = new KeyIndex<>(journal);
  }

  private record Subject(String tenantId, String signalName) {}

  /// The subscription, or `null` if there is none.
  public SignalSubscription get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// Keys of those who listen for a signal, ascending.
  ///
  /// @param limit how many at most
  public List<Long> between(String tenantId, String signalName, long above, long upTo, int limit) {
    return bySubject.between(new Subject(tenantId, signalName), above, upTo).stream()
        .limit(limit)
        .toList();
  }

  public void apply(SignalEvent event) {
    switch (event) {
      case SignalBroadcast _ -> {}
      case SubscriptionCreated(long key, long elementInstanceKey, Start start, Place place) -> {
        rows.insert(
            key,
            aggregates.ofInstance(place.processInstanceKey()),
            new SignalSubscription(key, elementInstanceKey, start));
        bySubject.add(subjectOf(start), key, key);
      }
      case SubscriptionDeleted(long key, _, Start start, _) -> {
        rows.remove(key);
        bySubject.remove(subjectOf(start), key);
      }
    }
  }

  private static Subject subjectOf(Start start) {
    return new Subject(start.tenantId(), start.signalName());
  }

  /// Makes one that was loaded known to signals.
  public void index(long key) {
    bySubject.add(subjectOf(rows.get(key).start()), key, key);
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.event())
        .writeText(start.signalName())
        .writeText(start.tenantId())
        .writeBoolean(start.interrupting());
  }

  public void load(long elementInstanceKey, Aggregate owner, StateReader in) {
    long key = in.readLong();
    var start = new Start(in.readInt(), in.readText(), in.readText(), in.readBoolean());
    rows.load(key, owner, new SignalSubscription(key, elementInstanceKey, start));
  }
}
