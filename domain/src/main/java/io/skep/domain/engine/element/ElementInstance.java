package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.store.Row;
import io.skep.domain.json.JsonObject;

/// One visit to an element. A container's instance is a scope: it knows its children, as a linked
/// list in the order in which they were entered, and the tokens on their way in it.
public final class ElementInstance extends Row {
  private final Place place;
  ElementState state = ElementState.ACTIVATING;
  long firstChild;
  long lastChild;
  long previousSibling;
  long nextSibling;

  /// Tokens that have left an element of this scope and have not entered the next.
  int tokens;

  long jobKey;
  private Attachments attachments = Attachments.NONE;

  ElementInstance(Place place) {
    this.place = place;
  }

  @Override
  protected ElementInstance copy() {
    var copy = new ElementInstance(place);
    copy.state = state;
    copy.firstChild = firstChild;
    copy.lastChild = lastChild;
    copy.previousSibling = previousSibling;
    copy.nextSibling = nextSibling;
    copy.tokens = tokens;
    copy.jobKey = jobKey;
    if (attachments != Attachments.NONE) copy.attachments = attachments.copy();
    return copy;
  }

  /// What else it has, for reading.
  Attachments attachments() {
    return attachments;
  }

  /// What else it has, for changing.
  Attachments attach() {
    if (attachments == Attachments.NONE) attachments = new Attachments();
    return attachments;
  }

  void attach(Attachments read) {
    if (!read.isEmpty()) attachments = read;
  }

  public long key() {
    return place.key();
  }

  public Place place() {
    return place;
  }

  public long processInstanceKey() {
    return place.processInstanceKey();
  }

  public long scopeKey() {
    return place.scopeKey();
  }

  public ProcessDefinition definition() {
    return place.definition();
  }

  public Element element() {
    return place.element();
  }

  public ElementState state() {
    return state;
  }

  public boolean isActive() {
    return state == ElementState.ACTIVATED;
  }

  /// Whether nothing lives in this scope and nothing is on its way.
  public boolean isEmpty() {
    return firstChild == 0 && tokens == 0;
  }

  public boolean hasChildren() {
    return firstChild != 0;
  }

  /// 0 if there is none.
  public long firstChild() {
    return firstChild;
  }

  /// The one entered next in the same scope, 0 if this is the last.
  public long nextSibling() {
    return nextSibling;
  }

  /// The job it waits for, 0 if there is none.
  public long jobKey() {
    return jobKey;
  }

  /// The incident that keeps it from going on, 0 if there is none. Incidents of its job are the
  /// job's.
  public long incidentKey() {
    return attachments.incidentKey;
  }

  /// The event that has ended it, or is about to; -1 if there is none.
  public int endedBy() {
    return attachments.endedBy;
  }

  public JsonObject endedWith() {
    return attachments.endedWith;
  }

  /// Whether it waits for anything beside its work.
  public boolean isSubscribed() {
    return timerCount() + messageSubscriptionCount() + signalSubscriptionCount() > 0;
  }

  public int timerCount() {
    return attachments.timerKeys.length;
  }

  public int messageSubscriptionCount() {
    return attachments.messageSubscriptionKeys.length;
  }

  public long messageSubscriptionKey(int i) {
    return attachments.messageSubscriptionKeys[i];
  }

  public int signalSubscriptionCount() {
    return attachments.signalSubscriptionKeys.length;
  }

  public long signalSubscriptionKey(int i) {
    return attachments.signalSubscriptionKeys[i];
  }

  public long timerKey(int i) {
    return attachments.timerKeys[i];
  }

  /// Tokens that wait on a flow to a parallel join.
  public int tokensOn(Flow flow) {
    return attachments.tokensOn(flow);
  }
}
