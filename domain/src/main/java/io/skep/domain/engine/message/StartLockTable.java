package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.FingerprintIndex;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.Row;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;

/// Instances that were started by a message with a correlation key, by their keys: as long as one
/// runs no other is started with the same key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class StartLockTable {
  private final Aggregates aggregates;
  private final Table<StartLock> rows;
  private final FingerprintIndex holders;
  private final Fingerprints fingerprints;

  public StartLockTable(Journal journal, Aggregates aggregates, Fingerprints fingerprints) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    holders = new FingerprintIndex(journal);
    this.fingerprints = fingerprints;
  }

  /// What only one instance may be about.
  public record Subject(String tenantId, String bpmnProcessId, String correlationKey) {}

  /// Never changes.
  private static final class StartLock extends Row {
    final Subject subject;

    StartLock(Subject subject) {
      this.subject = subject;
    }

    @Override
    protected StartLock copy() {
      return new StartLock(subject);
    }
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// How many there are.
  public int count() {
    return holders.size();
  }

  public boolean isHeld(Subject subject) {
    long fingerprint = fingerprintOf(subject);
    for (long key = 0; (key = holders.after(fingerprint, key)) != 0; )
      if (rows.get(key).subject.equals(subject)) return true;
    return false;
  }

  private long fingerprintOf(Subject subject) {
    long fingerprint = fingerprints.of(subject.correlationKey());
    fingerprint = fingerprints.and(fingerprint, subject.bpmnProcessId());
    return fingerprints.and(fingerprint, subject.tenantId());
  }

  /// What an instance is the only one about, or `null` if it was not started so.
  public Subject heldBy(long processInstanceKey) {
    if (holders.isEmpty()) return null;
    StartLock lock = rows.get(processInstanceKey);
    return lock == null ? null : lock.subject;
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case InstanceStarted started -> {
        MessageContent content = started.content();
        if (content.correlationKey().isEmpty()) return;
        hold(
            started.processInstanceKey(),
            new Subject(
                content.tenantId(),
                started.subscription().bpmnProcessId(),
                content.correlationKey()));
      }
      case StartReleased(long instanceKey) ->
          holders.remove(fingerprintOf(rows.remove(instanceKey).subject), instanceKey);
      case MessagePublished _,
          MessageExpired _,
          SubscriptionCreated _,
          MessageCorrelating _,
          MessageCorrelated _,
          MessageRejected _,
          SubscriptionDeleted _ -> {}
    }
  }

  private void hold(long instanceKey, Subject subject) {
    rows.insert(instanceKey, aggregates.ofInstance(instanceKey), new StartLock(subject));
    holders.add(fingerprintOf(subject), instanceKey);
  }

  /// Has the lock be held that was loaded, if there is one.
  public void index(long processInstanceKey) {
    StartLock lock = rows.get(processInstanceKey);
    if (lock != null) holders.add(fingerprintOf(lock.subject), processInstanceKey);
  }

  public void forget(long processInstanceKey) {
    rows.forget(processInstanceKey);
  }

  public void write(long processInstanceKey, StateWriter out) {
    Subject subject = heldBy(processInstanceKey);
    out.writeBoolean(subject != null);
    if (subject == null) return;
    out.writeText(subject.tenantId())
        .writeText(subject.bpmnProcessId())
        .writeText(subject.correlationKey());
  }

  public void load(long processInstanceKey, Aggregate owner, StateReader in) {
    if (!in.readBoolean()) return;
    var subject = new Subject(in.readText(), in.readText(), in.readText());
    rows.load(processInstanceKey, owner, new StartLock(subject));
  }
}
