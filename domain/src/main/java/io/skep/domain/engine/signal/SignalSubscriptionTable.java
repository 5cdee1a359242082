package io.skep.domain.engine.signal;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.signal.SignalEvent.*;
import io.skep.domain.engine.signal.SignalSubscription.Start;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.FingerprintIndex;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import java.util.ArrayList;
import java.util.List;

/// Who listens for signals, by subscription key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class SignalSubscriptionTable {
  private final Aggregates aggregates;
  private final Table<SignalSubscription> rows;
  private final FingerprintIndex byName;
  private final Fingerprints fingerprints;

  public SignalSubscriptionTable(
      Journal journal, Aggregates aggregates, Fingerprints fingerprints) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    byName = new FingerprintIndex(journal);
    this.fingerprints = fingerprints;
  }

  /// The subscription, or `null` if there is none.
  public SignalSubscription get(long key) {
    return rows.get(key);
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// How many there are.
  public int count() {
    return byName.size();
  }

  /// Keys of those who listen for a signal, ascending.
  ///
  /// @param limit how many at most
  public List<Long> between(String tenantId, String signalName, long above, long upTo, int limit) {
    var found = new ArrayList<Long>();
    long fingerprint = fingerprintOf(tenantId, signalName);
    for (long key = above; found.size() < limit; ) {
      key = byName.after(fingerprint, key);
      if (key == 0 || key > upTo) break;
      Start start = rows.get(key).start();
      if (start.signalName().equals(signalName) && start.tenantId().equals(tenantId))
        found.add(key);
    }
    return found;
  }

  private long fingerprintOf(Start start) {
    return fingerprintOf(start.tenantId(), start.signalName());
  }

  private long fingerprintOf(String tenantId, String signalName) {
    return fingerprints.and(fingerprints.of(signalName), tenantId);
  }

  public void apply(SignalEvent event) {
    switch (event) {
      case SignalBroadcast _ -> {}
      case SubscriptionCreated(long key, long elementInstanceKey, Start start, Place place) -> {
        rows.insert(
            key,
            aggregates.ofInstance(place.processInstanceKey()),
            new SignalSubscription(key, elementInstanceKey, start));
        byName.add(fingerprintOf(start), key);
      }
      case SubscriptionDeleted(long key, _, Start start, _) -> {
        rows.remove(key);
        byName.remove(fingerprintOf(start), key);
      }
    }
  }

  /// Makes one that was loaded known to signals.
  public void index(long key) {
    byName.add(fingerprintOf(rows.get(key).start()), key);
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
