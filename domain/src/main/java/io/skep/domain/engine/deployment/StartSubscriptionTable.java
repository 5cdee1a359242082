package io.skep.domain.engine.deployment;

import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.element.event.TriggeredStartEvent.Trigger;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Start events that wait, by subscription key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class StartSubscriptionTable implements Journal.Undoable {
  private final Map<Long, StartSubscription> byKey;
  private final KeyIndex<Subject> bySubject;
  private final KeyIndex<String> byProcess;
  private final Journal journal;

  /// Those that wait for their definitions to be restored.
  private final List<Unread> unread = new ArrayList<>();

  public StartSubscriptionTable(Journal journal) {
    this(new TreeMap<>(), new KeyIndex<>(journal), new KeyIndex<>(journal), journal);
  }

  private StartSubscriptionTable(
      Map<Long, StartSubscription> byKey,
      KeyIndex<Subject> bySubject,
      KeyIndex<String> byProcess,
      Journal journal) {
    this.byKey = byKey;
    this.bySubject = bySubject;
    this.byProcess = byProcess;
    this.journal = journal;
  }

  private record Unread(long key, long definitionKey, int startEvent) {}

  private record Subject(Trigger trigger, String name, String tenantId) {}

  public int size() {
    return byKey.size();
  }

  /// Those that wait for a message or a signal, in the order of their keys.
  public List<StartSubscription> of(Trigger trigger, String name, String tenantId) {
    return bySubject.at(new Subject(trigger, name, tenantId)).stream().map(byKey::get).toList();
  }

  /// Those of a process, in the order of their keys.
  public List<StartSubscription> of(String bpmnProcessId) {
    return byProcess.at(bpmnProcessId).stream().map(byKey::get).toList();
  }

  public void apply(DeploymentEvent event) {
    switch (event) {
      case StartSubscriptionOpened(var subscription) -> insert(subscription);
      case StartSubscriptionClosed(var subscription) -> remove(subscription);
      case ProcessDeployed _,
          ProcessDeleted _,
          ResourcesDeployed _,
          ResourceDeleted _,
          DistributionStarted _,
          DistributionAcknowledged _,
          DistributionEnded _ -> {}
    }
  }

  private void insert(StartSubscription subscription) {
    byKey.put(subscription.key(), subscription);
    journal.note(this, subscription.key(), null);
    bySubject.add(subjectOf(subscription), subscription.key(), subscription.key());
    byProcess.add(subscription.bpmnProcessId(), subscription.key(), subscription.key());
  }

  private void remove(StartSubscription subscription) {
    byKey.remove(subscription.key());
    journal.note(this, subscription.key(), subscription);
    bySubject.remove(subjectOf(subscription), subscription.key());
    byProcess.remove(subscription.bpmnProcessId(), subscription.key());
  }

  private static Subject subjectOf(StartSubscription subscription) {
    return new Subject(
        subscription.trigger(), subscription.name(), subscription.definition().tenantId());
  }

  @Override
  public void undo(long key, Object value) {
    if (value == null) byKey.remove(key);
    else byKey.put(key, (StartSubscription) value);
  }

  public void write(StateWriter out) {
    out.writeInt(byKey.size());
    for (StartSubscription subscription : byKey.values()) {
      out.writeLong(subscription.key())
          .writeLong(subscription.definition().key())
          .writeInt(subscription.startEvent());
    }
  }

  /// To be followed by [#restored].
  public void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++)
      unread.add(new Unread(in.readLong(), in.readLong(), in.readInt()));
  }

  /// @param processes all that were stored
  public void restored(ProcessTable processes) {
    for (Unread subscription : unread) {
      ProcessDefinition definition = processes.resident(subscription.definitionKey);
      if (definition == null) {
        throw new CorruptStateException(
            "Expected process definition %d, whose start event waits, but there is none"
                .formatted(subscription.definitionKey));
      }
      insert(new StartSubscription(subscription.key, definition, subscription.startEvent));
    }
    unread.clear();
  }
}
