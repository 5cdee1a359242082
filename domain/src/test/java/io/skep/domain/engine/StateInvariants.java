package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ElementInvariants;
import io.skep.domain.engine.job.Job;
import io.skep.domain.engine.job.JobState;
import io.skep.domain.engine.message.Message;
import io.skep.domain.engine.timer.DueIndex.Due;
import io.skep.domain.engine.timer.DueIndex.Kind;
import io.skep.domain.engine.timer.Timer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What must hold of a state between two turns: every row belongs to a living element instance, and
/// every index says what the rows say.
public final class StateInvariants {
  private final State state;
  private final Set<Due> due = new HashSet<>();
  private final TreeMap<String, TreeSet<Long>> activatable = new TreeMap<>();
  private int instances;
  private int variableScopes;
  private int jobs;
  private int timers;
  private int incidents;
  private int awaitedResults;
  private int messageSubscriptions;
  private int signalSubscriptions;
  private int startLocks;

  private StateInvariants(State state) {
    this.state = state;
  }

  /// @param lossless whether no follow-up was ever left out because of a fault: then, once there is
  ///   nothing left to do, everything that lives must wait for something
  public static void check(State state, boolean lossless) {
    new ElementInvariants(state.elements(), lossless && state.backlog().isEmpty()).check();
    new StateInvariants(state).checkRows();
  }

  private void checkRows() {
    for (long key : state.elements().sortedKeys()) checkBelongings(state.elements().get(key));
    assertEquals(variableScopes, state.variables().size(), "variable scopes without an element");
    assertEquals(jobs, state.jobs().size(), "jobs without an element");
    assertEquals(timers, state.timers().size(), "timers without an element");
    assertEquals(incidents, state.incidents().size(), "incidents without an element");
    assertEquals(awaitedResults, state.awaitedResults().size(), "results of no instance");
    assertEquals(
        messageSubscriptions,
        state.processSubscriptions().size(),
        "subscriptions to messages without an element");
    assertEquals(
        signalSubscriptions,
        state.signalSubscriptions().size(),
        "subscriptions to signals without an element");
    assertEquals(signalSubscriptions, state.signalSubscriptions().count(), "known to signals");
    assertEquals(startLocks, state.startLocks().size(), "locks of no instance");
    assertEquals(startLocks, state.startLocks().count(), "known locks");
    checkMessages();
    for (long key : state.distributions().sortedKeys()) {
      due.add(due(state.distributions().get(key).started().answerAtMs(), Kind.DEPLOYMENT, key));
    }
    checkIndexes();
  }

  private void checkMessages() {
    int messages = 0;
    for (long key : state.aggregates().sortedKeys()) {
      Message message = state.messages().get(key);
      if (message == null) continue;
      messages++;
      due.add(due(message.content().deadlineMs(), Kind.MESSAGE, key));
    }
    assertEquals(messages, state.messages().size(), "messages");
    assertEquals(messages, state.messages().count(), "messages at addresses");
    int subscriptions = state.messageSubscriptions().size();
    assertEquals(subscriptions, state.messageSubscriptions().count(), "subscriptions by key");
    assertTrue(state.messageSubscriptions().freeCount() <= subscriptions, "free subscriptions");
    assertEquals(
        instances + messages + subscriptions + state.processes().residentCount(),
        state.aggregates().sortedKeys().length,
        "aggregates of nothing");
  }

  private void checkBelongings(ElementInstance instance) {
    long key = instance.key();
    if (instance.scopeKey() == 0) instances++;
    if (state.variables().get(key) != null) variableScopes++;
    if (state.awaitedResults().get(key) != null) awaitedResults++;
    if (state.startLocks().heldBy(key) != null) startLocks++;
    for (int i = 0; i < instance.messageSubscriptionCount(); i++) {
      var subscription = state.processSubscriptions().get(instance.messageSubscriptionKey(i));
      assertEquals(key, subscription.elementInstanceKey());
      messageSubscriptions++;
    }
    for (int i = 0; i < instance.signalSubscriptionCount(); i++) {
      var subscription = state.signalSubscriptions().get(instance.signalSubscriptionKey(i));
      assertEquals(key, subscription.elementInstanceKey());
      signalSubscriptions++;
    }
    if (instance.jobKey() != 0) check(state.jobs().get(instance.jobKey()), instance);
    if (instance.incidentKey() != 0) checkIncident(instance.incidentKey(), key, 0);
    for (int i = 0; i < instance.timerCount(); i++) {
      Timer timer = state.timers().get(instance.timerKey(i));
      assertNotNull(timer, "timer of " + instance.element().id());
      assertEquals(key, timer.elementInstanceKey());
      timers++;
      due.add(due(timer.start().dueAtMs(), Kind.TIMER, timer.key()));
    }
  }

  private void check(Job job, ElementInstance instance) {
    assertNotNull(job, "job of " + instance.element().id());
    assertEquals(instance.key(), job.origin().elementInstanceKey());
    jobs++;
    if (job.incidentKey() != 0) checkIncident(job.incidentKey(), instance.key(), job.key());
    if (job.dueAtMs() != 0) due.add(due(job.dueAtMs(), Kind.JOB, job.key()));
    if (job.state() == JobState.ACTIVATABLE) {
      activatable.computeIfAbsent(job.type(), _ -> new TreeSet<>()).add(job.key());
    }
  }

  private Due due(long atMs, Kind kind, long key) {
    return new Due(state.due().seenToAtMs(atMs, kind, key), kind, key);
  }

  private void checkIncident(long incidentKey, long elementInstanceKey, long jobKey) {
    var incident = state.incidents().get(incidentKey);
    assertNotNull(incident, "incident");
    assertEquals(elementInstanceKey, incident.created().elementInstanceKey());
    assertEquals(jobKey, incident.created().jobKey());
    incidents++;
  }

  private void checkIndexes() {
    List<Due> found = state.due().dueAt(Long.MAX_VALUE, Integer.MAX_VALUE);
    assertEquals(due.size(), found.size(), "due index");
    assertEquals(due, new HashSet<>(found), "due index");
    assertEquals(activatable.keySet(), new TreeSet<>(state.jobs().activatableTypes()));
    activatable.forEach((type, keys) -> assertEquals(List.copyOf(keys), inOrder(type), type));
  }

  private List<Long> inOrder(String type) {
    var keys = new ArrayList<Long>();
    Job job = state.jobs().nextActivatable(type, 0);
    for (; job != null; job = state.jobs().nextActivatable(type, job.key())) keys.add(job.key());
    return keys;
  }
}
