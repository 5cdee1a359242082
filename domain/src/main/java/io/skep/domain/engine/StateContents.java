package io.skep.domain.engine;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ElementInstanceTable;
import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// What an aggregate is made of, over all tables: how it is written and read as one. Equal
/// aggregates give equal bytes.
final class StateContents implements Aggregates.Contents {
  private final State state;

  /// Whether definitions may come after their instances.
  private boolean restoring;

  StateContents(State state) {
    this.state = state;
  }

  /// From now on definitions may come after their instances, until [#restored].
  void restoring() {
    restoring = true;
  }

  /// Everything is there.
  ///
  /// @throws CorruptStateException if the definition of an instance is missing
  void restored() {
    restoring = false;
    for (long key : state.elements().instantiated()) {
      if (state.processes().resident(key) != null) continue;
      throw new CorruptStateException(
          "Expected process definition %d, of which there are instances, but there is none"
              .formatted(key));
    }
  }

  @Override
  public Kind kindOf(byte[] bytes) {
    int kind = new StateReader(bytes).readByte();
    if (kind < Kind.values().length) return Kind.values()[kind];
    throw new CorruptStateException(
        "Expected an aggregate of kind 0 to %d, but it is %d"
            .formatted(Kind.values().length - 1, kind));
  }

  @Override
  public void write(Aggregate aggregate, StateWriter out) {
    long key = aggregate.key();
    out.writeByte(aggregate.kind().ordinal());
    switch (aggregate.kind()) {
      case MESSAGE -> state.messages().write(key, out);
      case MESSAGE_SUBSCRIPTION -> state.messageSubscriptions().write(key, out);
      case INSTANCE -> writeInstance(root(aggregate), out);
      case DEFINITION -> state.processes().write(key, out);
    }
  }

  private ElementInstance root(Aggregate aggregate) {
    return state.elements().get(aggregate.key());
  }

  private void writeInstance(ElementInstance root, StateWriter out) {
    out.writeLong(root.definition().key());
    state.awaitedResults().write(root.key(), out);
    state.startLocks().write(root.key(), out);
    writeElement(root, out);
  }

  /// An element instance, all that belongs to it, and then its children.
  private void writeElement(ElementInstance instance, StateWriter out) {
    long key = instance.key();
    ElementInstanceTable.write(instance, out);
    state.variables().write(key, out);
    out.writeBoolean(instance.jobKey() != 0);
    if (instance.jobKey() != 0) {
      state.jobs().write(instance.jobKey(), out);
      writeIncident(state.jobs().get(instance.jobKey()).incidentKey(), out);
    }
    writeIncident(instance.incidentKey(), out);
    out.writeInt(instance.timerCount());
    for (int i = 0; i < instance.timerCount(); i++) state.timers().write(instance.timerKey(i), out);
    out.writeInt(instance.messageSubscriptionCount());
    for (int i = 0; i < instance.messageSubscriptionCount(); i++)
      state.processSubscriptions().write(instance.messageSubscriptionKey(i), out);
    out.writeInt(instance.signalSubscriptionCount());
    for (int i = 0; i < instance.signalSubscriptionCount(); i++)
      state.signalSubscriptions().write(instance.signalSubscriptionKey(i), out);
    int children = 0;
    for (ElementInstance child = first(instance); child != null; child = next(child)) children++;
    out.writeInt(children);
    for (ElementInstance child = first(instance); child != null; child = next(child))
      writeElement(child, out);
  }

  private void writeIncident(long key, StateWriter out) {
    out.writeBoolean(key != 0);
    if (key != 0) state.incidents().write(key, out);
  }

  private ElementInstance first(ElementInstance scope) {
    return scope.firstChild() == 0 ? null : state.elements().get(scope.firstChild());
  }

  private ElementInstance next(ElementInstance child) {
    return child.nextSibling() == 0 ? null : state.elements().get(child.nextSibling());
  }

  @Override
  public void load(Aggregate aggregate, byte[] bytes) {
    var in = new StateReader(bytes);
    in.readByte();
    switch (aggregate.kind()) {
      case MESSAGE -> state.messages().load(aggregate, in);
      case MESSAGE_SUBSCRIPTION -> state.messageSubscriptions().load(aggregate, in);
      case INSTANCE -> loadInstance(aggregate, in);
      case DEFINITION -> state.processes().load(aggregate, in);
    }
    if (!in.atEnd())
      throw new CorruptStateException("Expected the end of an aggregate, but there is more");
  }

  private void loadInstance(Aggregate aggregate, StateReader in) {
    long key = aggregate.key();
    long definitionKey = in.readLong();
    ProcessDefinition definition = definition(definitionKey);
    if (definition == null) {
      throw new CorruptStateException(
          "Expected process definition %d of instance %d, but there is none"
              .formatted(definitionKey, key));
    }
    state.awaitedResults().load(key, aggregate, in);
    state.startLocks().load(key, aggregate, in);
    loadElement(in, aggregate, 0, definition);
  }

  private ProcessDefinition definition(long key) {
    if (!restoring) return state.processes().ofInstance(key);
    ProcessDefinition there = state.processes().resident(key);
    return there == null ? StandIn.of(key) : there;
  }

  private void loadElement(
      StateReader in, Aggregate aggregate, long scopeKey, ProcessDefinition definition) {
    ElementInstance instance = state.elements().load(in, aggregate, scopeKey, definition);
    long key = instance.key();
    Place place = instance.place();
    state.variables().load(key, aggregate, in);
    if (in.readBoolean()) {
      state.jobs().load(place, aggregate, in);
      long job = instance.jobKey();
      if (in.readBoolean()) {
        state.jobs().loadIncident(job, state.incidents().load(key, job, place, aggregate, in));
      }
    }
    if (in.readBoolean()) state.incidents().load(key, 0, place, aggregate, in);
    int timers = in.readCount();
    for (int i = 0; i < timers; i++) state.timers().load(key, aggregate, in);
    int messages = in.readCount();
    for (int i = 0; i < messages; i++) state.processSubscriptions().load(key, aggregate, in);
    int signals = in.readCount();
    for (int i = 0; i < signals; i++) state.signalSubscriptions().load(key, aggregate, in);
    int children = in.readCount();
    for (int i = 0; i < children; i++) loadElement(in, aggregate, key, definition);
  }

  /// Enters one that was loaded into the indexes, which know it from then on, also while it is
  /// absent.
  void index(Aggregate aggregate) {
    switch (aggregate.kind()) {
      case MESSAGE -> state.messages().index(aggregate.key());
      case MESSAGE_SUBSCRIPTION -> state.messageSubscriptions().index(aggregate.key());
      case INSTANCE -> {
        state.elements().index(root(aggregate));
        state.startLocks().index(aggregate.key());
        walk(root(aggregate), this::indexElement);
      }
      case DEFINITION -> state.processes().index(aggregate.key());
    }
  }

  private void indexElement(ElementInstance instance) {
    if (instance.jobKey() != 0) state.jobs().index(instance.jobKey());
    for (int i = 0; i < instance.timerCount(); i++) state.timers().index(instance.timerKey(i));
    for (int i = 0; i < instance.signalSubscriptionCount(); i++)
      state.signalSubscriptions().index(instance.signalSubscriptionKey(i));
  }

  @Override
  public void forEachKey(Aggregate aggregate, LongConsumer keys) {
    if (aggregate.kind() != Kind.INSTANCE) return;
    walk(
        root(aggregate),
        instance -> {
          if (instance.scopeKey() != 0) keys.accept(instance.key());
          if (instance.jobKey() != 0) {
            keys.accept(instance.jobKey());
            long incident = state.jobs().get(instance.jobKey()).incidentKey();
            if (incident != 0) keys.accept(incident);
          }
          if (instance.incidentKey() != 0) keys.accept(instance.incidentKey());
          for (int i = 0; i < instance.timerCount(); i++) keys.accept(instance.timerKey(i));
          for (int i = 0; i < instance.messageSubscriptionCount(); i++)
            keys.accept(instance.messageSubscriptionKey(i));
          for (int i = 0; i < instance.signalSubscriptionCount(); i++)
            keys.accept(instance.signalSubscriptionKey(i));
        });
  }

  @Override
  public void forget(Aggregate aggregate) {
    switch (aggregate.kind()) {
      case MESSAGE -> state.messages().forget(aggregate.key());
      case MESSAGE_SUBSCRIPTION -> state.messageSubscriptions().forget(aggregate.key());
      case INSTANCE -> {
        state.awaitedResults().forget(aggregate.key());
        state.startLocks().forget(aggregate.key());
        walk(root(aggregate), this::forgetElement);
      }
      case DEFINITION -> state.processes().forget(aggregate.key());
    }
  }

  @Override
  public boolean isNeeded(Aggregate definition) {
    return state.processes().isLatest(definition.key());
  }

  private void forgetElement(ElementInstance instance) {
    if (instance.jobKey() != 0) {
      long incident = state.jobs().get(instance.jobKey()).incidentKey();
      if (incident != 0) state.incidents().forget(incident);
      state.jobs().forget(instance.jobKey());
    }
    if (instance.incidentKey() != 0) state.incidents().forget(instance.incidentKey());
    for (int i = 0; i < instance.timerCount(); i++) state.timers().forget(instance.timerKey(i));
    for (int i = 0; i < instance.messageSubscriptionCount(); i++)
      state.processSubscriptions().forget(instance.messageSubscriptionKey(i));
    for (int i = 0; i < instance.signalSubscriptionCount(); i++)
      state.signalSubscriptions().forget(instance.signalSubscriptionKey(i));
    state.variables().forget(instance.key());
    state.elements().forget(instance.key());
  }

  /// Visits an element instance after all that live in it.
  private void walk(ElementInstance instance, Consumer<ElementInstance> visitor) {
    for (ElementInstance child = first(instance); child != null; ) {
      ElementInstance next = next(child);
      walk(child, visitor);
      child = next;
    }
    visitor.accept(instance);
  }
}
