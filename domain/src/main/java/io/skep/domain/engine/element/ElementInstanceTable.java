package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.element.ElementEvent.*;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.TimerEvent;

/// All element instances of the partition by key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class ElementInstanceTable {
  private final Table<ElementInstance> rows;

  public ElementInstanceTable(Journal journal) {
    this(new Table<>(journal));
  }

  ElementInstanceTable(Table<ElementInstance> rows) {
    this.rows = rows;
  }

  /// The instance, or `null` if there is none.
  public ElementInstance get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// Keys of all instances, ascending.
  public long[] sortedKeys() {
    return rows.sortedKeys();
  }

  public ElementInstanceTable frozen() {
    return new ElementInstanceTable(rows.frozen());
  }

  public void apply(ElementEvent event) {
    switch (event) {
      case ElementActivating(long key, Place place, Cause cause) -> {
        var entered = new ElementInstance(key, place);
        rows.insert(key, entered);
        if (place.scopeKey() != 0) enterScope(entered, cause);
      }
      case ElementActivated(long key, _) -> rows.edit(key).state = ElementState.ACTIVATED;
      case ElementCompleting(long key, _) -> rows.edit(key).state = ElementState.COMPLETING;
      case ElementTerminating(long key, _) -> rows.edit(key).state = ElementState.TERMINATING;
      case ElementCompleted(long key, _) -> remove(key);
      case ElementTerminated(long key, _) -> remove(key);
      case FlowTaken(_, Place place, Flow flow, boolean counted) -> {
        ElementInstance scope = rows.edit(place.scopeKey());
        scope.tokens++;
        if (counted) scope.changeTokensOn(flow, 1);
      }
      case TokensSpent(long scopeKey, var incoming) -> {
        ElementInstance scope = rows.edit(scopeKey);
        for (Flow flow : incoming) {
          scope.changeTokensOn(flow, -1);
          scope.tokens--;
        }
      }
      case BoundaryEventTriggered(long key, int boundaryEvent, boolean interrupting) -> {
        ElementInstance activity = rows.edit(key);
        if (interrupting) activity.interruptedBy = boundaryEvent;
        rows.edit(activity.scopeKey()).tokens++;
      }
      case FollowUpsLeft _, FollowUpsTaken _ -> {}
    }
  }

  public void apply(JobEvent event) {
    switch (event) {
      case JobEvent.JobCreated created ->
          rows.edit(created.origin().elementInstanceKey()).jobKey = created.key();
      case JobEvent.JobCompleted(_, var origin) ->
          rows.edit(origin.elementInstanceKey()).jobKey = 0;
      case JobEvent.JobCanceled(_, var origin) -> rows.edit(origin.elementInstanceKey()).jobKey = 0;
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
    switch (event) {
      case TimerEvent.TimerCreated created ->
          rows.edit(created.elementInstanceKey()).addTimer(created.key());
      case TimerEvent.TimerTriggered(long key, long elementInstanceKey, _, _) ->
          rows.edit(elementInstanceKey).removeTimer(key);
      case TimerEvent.TimerCanceled(long key, long elementInstanceKey, _, _) ->
          rows.edit(elementInstanceKey).removeTimer(key);
    }
  }

  public void apply(IncidentEvent event) {
    if (event.jobKey() != 0) return;
    switch (event) {
      case IncidentEvent.IncidentCreated created ->
          rows.edit(created.elementInstanceKey()).incidentKey = created.key();
      case IncidentEvent.IncidentResolved resolved ->
          rows.edit(resolved.elementInstanceKey()).incidentKey = 0;
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
    if (gone.scopeKey() == 0) return;
    ElementInstance scope = rows.edit(gone.scopeKey());
    if (gone.previousSibling == 0) scope.firstChild = gone.nextSibling;
    else rows.edit(gone.previousSibling).nextSibling = gone.nextSibling;
    if (gone.nextSibling == 0) scope.lastChild = gone.previousSibling;
    else rows.edit(gone.nextSibling).previousSibling = gone.previousSibling;
  }

  /// Writes an instance without what other tables hold of it. Children are written by the caller,
  /// in their order.
  public static void write(ElementInstance instance, StateWriter out) {
    out.writeLong(instance.key())
        .writeInt(instance.element().index())
        .writeByte(instance.state.ordinal())
        .writeInt(instance.tokens)
        .writeInt(instance.interruptedBy)
        .writeLong(instance.jobKey)
        .writeLong(instance.incidentKey)
        .writeInt(instance.countedTokens.length);
    for (int count : instance.countedTokens) out.writeInt(count);
    out.writeInt(instance.timerKeys.length);
    for (long timer : instance.timerKeys) out.writeLong(timer);
  }

  /// Reads an instance into its scope, behind the children that were read before.
  public ElementInstance read(
      StateReader in, long processInstanceKey, long scopeKey, ProcessDefinition definition) {
    long key = in.readLong();
    Element element = definition.model().element(in.readInt());
    var instance =
        new ElementInstance(key, new Place(processInstanceKey, scopeKey, definition, element));
    instance.state = ElementState.values()[in.readByte()];
    instance.tokens = in.readInt();
    instance.interruptedBy = in.readInt();
    instance.jobKey = in.readLong();
    instance.incidentKey = in.readLong();
    instance.countedTokens = new int[in.readCount()];
    for (int i = 0; i < instance.countedTokens.length; i++)
      instance.countedTokens[i] = in.readInt();
    instance.timerKeys = new long[in.readCount()];
    for (int i = 0; i < instance.timerKeys.length; i++) instance.timerKeys[i] = in.readLong();
    rows.insert(key, instance);
    if (scopeKey != 0) enterScope(instance, Cause.START);
    return instance;
  }
}
