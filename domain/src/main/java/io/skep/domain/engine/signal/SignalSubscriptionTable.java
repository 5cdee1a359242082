package io.skep.domain.engine.signal;

import io.skep.domain.engine.signal.SignalEvent.*;
import io.skep.domain.engine.signal.SignalSubscription.Start;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import java.util.List;

/// Who listens for signals, by subscription key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class SignalSubscriptionTable {
  private final Table<SignalSubscription> rows;
  private final KeyIndex<Subject> bySubject;

  public SignalSubscriptionTable(Journal journal) {
    this(new Table<>(journal), new KeyIndex<>(journal));
  }

  private SignalSubscriptionTable(Table<SignalSubscription> rows, KeyIndex<Subject> bySubject) {
    this.rows = rows;
    this.bySubject = bySubject;
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

  /// For reading only, and only by key.
  public SignalSubscriptionTable frozen() {
    return new SignalSubscriptionTable(rows.frozen(), null);
  }

  public void apply(SignalEvent event) {
    switch (event) {
      case SignalBroadcast _ -> {}
      case SubscriptionCreated(long key, long elementInstanceKey, Start start, _) ->
          insert(new SignalSubscription(key, elementInstanceKey, start));
      case SubscriptionDeleted(long key, _, Start start, _) -> {
        rows.remove(key);
        bySubject.remove(subjectOf(start), key);
      }
    }
  }

  private void insert(SignalSubscription subscription) {
    long key = subscription.key();
    rows.insert(key, subscription);
    bySubject.add(subjectOf(subscription.start()), key, key);
  }

  private static Subject subjectOf(Start start) {
    return new Subject(start.tenantId(), start.signalName());
  }

  public void write(long key, StateWriter out) {
    Start start = rows.get(key).start();
    out.writeLong(key)
        .writeInt(start.event())
        .writeText(start.signalName())
        .writeText(start.tenantId())
        .writeBoolean(start.interrupting());
  }

  public void read(long elementInstanceKey, StateReader in) {
    long key = in.readLong();
    var start = new Start(in.readInt(), in.readText(), in.readText(), in.readBoolean());
    insert(new SignalSubscription(key, elementInstanceKey, start));
  }
}
