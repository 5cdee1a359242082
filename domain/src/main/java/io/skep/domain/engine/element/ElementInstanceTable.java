package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.element.ElementEvent.*;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.domain.json.JsonObject;

/// All element instances of the partition by key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class ElementInstanceTable {
  private final Aggregates aggregates;
  private final Table<ElementInstance> rows;
  private final InstanceCounts counts;

  public ElementInstanceTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    counts = new InstanceCounts(journal);
  }

  /// The instance, or `null` if there is none.
  public ElementInstance get(long key) {
    return rows.get(key);
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// How many process instances run by a definition.
  public int countInstances(long processDefinitionKey) {
    return counts.of(processDefinitionKey);
  }

  /// Keys of the definitions of which process instances run, in no order.
  public long[] instantiated() {
    return counts.definitions();
  }

  /// Keys of all instances in memory, ascending.
  public long[] sortedKeys() {
    return rows.sortedKeys();
  }

  public void apply(ElementEvent event) {
    switch (event) {
      case ElementActivating(Place place, Cause cause) -> {
        var entered = new ElementInstance(place);
        rows.insert(place.key(), aggregates.ofInstance(place.processInstanceKey()), entered);
        if (place.scopeKey() == 0) counts.add(place.definition().key(), 1);
        else enterScope(entered, cause);
      }
      case ElementActivated(Place place) -> rows.edit(place.key()).state = ElementState.ACTIVATED;
      case ElementCompleting(Place place) -> rows.edit(place.key()).state = ElementState.COMPLETING;
      case ElementTerminating(Place place) ->
          rows.edit(place.key()).state = ElementState.TERMINATING;
      case ElementCompleted(Place place) -> remove(place.key());
      case ElementTerminated(Place place) -> remove(place.key());
      case FlowTaken(_, Place place, Flow flow, boolean counted) -> {
        ElementInstance scope = rows.edit(place.scopeKey());
        scope.tokens++;
        if (counted) scope.attach().changeTokensOn(flow, 1);
      }
      case TokensSpent(long scopeKey, var incoming) -> {
        ElementInstance scope = rows.edit(scopeKey);
        for (Flow flow : incoming) {
          scope.attach().changeTokensOn(flow, -1);
          scope.tokens--;
        }
      }
      case EventTriggered(long key, int triggered, boolean ending, JsonObject variables) -> {
        ElementInstance holder = rows.edit(key);
        if (ending) {
          holder.attach().endedBy = triggered;
          holder.attach().endedWith = variables;
        }
        rows.edit(holder.scopeKey()).tokens++;
      }
      case FollowUpsLeft _, FollowUpsTaken _ -> {}
    }
  }

  public void apply(JobEvent event) {
    switch (event) {
      case JobEvent.JobCreated created ->
          rows.edit(created.origin().elementInstanceKey()).jobKey = created.key();
      case JobEvent.JobCompleted(var origin) -> rows.edit(origin.elementInstanceKey()).jobKey = 0;
      case JobEvent.JobCanceled(var origin) -> rows.edit(origin.elementInstanceKey()).jobKey = 0;
      case JobEvent.JobActivated _,
          JobEvent.JobFailed _,
          JobEvent.JobTimedOut _,
          JobEvent.JobRecurred _,
          JobEvent.JobYielded _,
          JobEvent.JobBlocked _,
          JobEvent.JobErrorThrown _,
          JobEvent.JobRetriesUpdated _,
          JobEvent.JobTimeoutUpdated _ -> {}
    }
  }

  public void apply(TimerEvent event) {
    Attachments of = rows.edit(event.elementInstanceKey()).attach();
    of.timerKeys =
        switch (event) {
          case TimerEvent.TimerCreated created -> Attachments.with(of.timerKeys, created.key());
          case TimerEvent.TimerTriggered triggered ->
              Attachments.without(of.timerKeys, triggered.key());
          case TimerEvent.TimerCanceled canceled ->
              Attachments.without(of.timerKeys, canceled.key());
        };
  }

  public void apply(ProcessSubscriptionEvent event) {
    switch (event) {
      case ProcessSubscriptionEvent.SubscriptionOpening opening -> {
        Attachments of = rows.edit(opening.elementInstanceKey()).attach();
        of.messageSubscriptionKeys = Attachments.with(of.messageSubscriptionKeys, opening.key());
      }
      case ProcessSubscriptionEvent.SubscriptionOpened _ -> {}
      case ProcessSubscriptionEvent.MessageCorrelated correlated -> {
        if (correlated.start().interrupting()) removeSubscription(correlated);
      }
      case ProcessSubscriptionEvent.SubscriptionClosed closed -> removeSubscription(closed);
    }
  }

  private void removeSubscription(ProcessSubscriptionEvent event) {
    Attachments of = rows.edit(event.elementInstanceKey()).attach();
    of.messageSubscriptionKeys = Attachments.without(of.messageSubscriptionKeys, event.key());
  }

  public void apply(SignalEvent event) {
    switch (event) {
      case SignalEvent.SignalBroadcast _ -> {}
      case SignalEvent.SubscriptionCreated created -> {
        Attachments of = rows.edit(created.elementInstanceKey()).attach();
        of.signalSubscriptionKeys = Attachments.with(of.signalSubscriptionKeys, created.key());
      }
      case SignalEvent.SubscriptionDeleted deleted -> {
        Attachments of = rows.edit(deleted.elementInstanceKey()).attach();
        of.signalSubscriptionKeys = Attachments.without(of.signalSubscriptionKeys, deleted.key());
      }
    }
  }

  public void apply(IncidentEvent event) {
    if (event.jobKey() != 0) return;
    switch (event) {
      case IncidentEvent.IncidentCreated created ->
          rows.edit(created.elementInstanceKey()).attach().incidentKey = created.key();
      case IncidentEvent.IncidentResolved resolved ->
          rows.edit(resolved.elementInstanceKey()).attach().incidentKey = 0;
    }
  }

  private void enterScope(ElementInstance child, Cause cause) {
    ElementInstance scope = rows.edit(child.scopeKey());
    if (cause == Cause.TOKEN) scope.tokens--;
    child.previousSibling = scope.lastChild;
    if (scope.lastChild == 0) scope.firstChild = child.key();
    else rows.edit(scope.lastChild).nextSibling = child.key();
    scope.lastChild = child.key();
  }

  private void remove(long key) {
    ElementInstance gone = rows.remove(key);
    if (gone.scopeKey() == 0) {
      counts.add(gone.definition().key(), -1);
      aggregates.end(gone.owner());
      return;
    }
    ElementInstance scope = rows.edit(gone.scopeKey());
    if (gone.previousSibling == 0) scope.firstChild = gone.nextSibling;
    else rows.edit(gone.previousSibling).nextSibling = gone.nextSibling;
    if (gone.nextSibling == 0) scope.lastChild = gone.previousSibling;
    else rows.edit(gone.nextSibling).previousSibling = gone.previousSibling;
  }

  /// Writes an instance without what other tables hold of it. Children are written by the caller,
  /// in their order.
  public static void write(ElementInstance instance, StateWriter out) {
    Attachments attachments = instance.attachments();
    out.writeLong(instance.key())
        .writeInt(instance.element().index())
        .writeByte(instance.state.ordinal())
        .writeInt(instance.tokens)
        .writeInt(attachments.endedBy)
        .writeLong(instance.jobKey)
        .writeLong(attachments.incidentKey)
        .writeInt(attachments.countedTokens.length);
    for (int count : attachments.countedTokens) out.writeInt(count);
    if (attachments.endedBy >= 0) out.writeBytes(attachments.endedWith.text());
    writeKeys(attachments.timerKeys, out);
    writeKeys(attachments.messageSubscriptionKeys, out);
    writeKeys(attachments.signalSubscriptionKeys, out);
  }

  private static void writeKeys(long[] keys, StateWriter out) {
    out.writeInt(keys.length);
    for (long key : keys) out.writeLong(key);
  }

  private static long[] readKeys(StateReader in) {
    long[] keys = new long[in.readCount()];
    for (int i = 0; i < keys.length; i++) keys[i] = in.readLong();
    return keys;
  }

  /// Loads an instance into its scope, behind the children that were loaded before.
  public ElementInstance load(
      StateReader in, Aggregate owner, long scopeKey, ProcessDefinition definition) {
    long key = in.readLong();
    Element element = definition.model().element(in.readInt());
    var instance = new ElementInstance(new Place(key, owner.key(), scopeKey, definition, element));
    instance.state = ElementState.values()[in.readByte()];
    instance.tokens = in.readInt();
    var attachments = new Attachments();
    attachments.endedBy = in.readInt();
    instance.jobKey = in.readLong();
    attachments.incidentKey = in.readLong();
    int[] countedTokens = new int[in.readCount()];
    for (int i = 0; i < countedTokens.length; i++) countedTokens[i] = in.readInt();
    attachments.countedTokens = countedTokens;
    if (attachments.endedBy >= 0) attachments.endedWith = JsonObject.ofCanonical(in.readBytes());
    attachments.timerKeys = readKeys(in);
    attachments.messageSubscriptionKeys = readKeys(in);
    attachments.signalSubscriptionKeys = readKeys(in);
    instance.attach(attachments);
    rows.load(key, owner, instance);
    if (scopeKey != 0) append(instance, rows.get(scopeKey));
    return instance;
  }

  private void append(ElementInstance child, ElementInstance scope) {
    child.previousSibling = scope.lastChild;
    if (scope.lastChild == 0) scope.firstChild = child.key();
    else rows.get(scope.lastChild).nextSibling = child.key();
    scope.lastChild = child.key();
  }

  /// Has a process instance be counted that was loaded.
  public void index(ElementInstance root) {
    counts.add(root.definition().key(), 1);
  }

  public void forget(long key) {
    rows.forget(key);
  }
}
