package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.store.Row;
import io.skep.domain.json.JsonObject;
import java.util.Arrays;

/// One visit to an element. A container's instance is a scope: it knows its children, as a linked
/// list in the order in which they were entered, and the tokens on their way in it.
public final class ElementInstance extends Row {
  private static final long[] NONE = {};

  private final long key;
  private final Place place;
  ElementState state = ElementState.ACTIVATING;
  long firstChild;
  long lastChild;
  long previousSibling;
  long nextSibling;

  /// Tokens that have left an element of this scope and have not entered the next.
  int tokens;

  /// Flow index and number of tokens, in pairs: only for flows that end at a parallel join.
  int[] countedTokens = {};

  /// The event to enter when this activity has been terminated, or this gateway has been left; -1
  /// if there is none.
  int endedBy = -1;

  /// What came with that event, `null` if there is none.
  JsonObject endedWith;

  long jobKey;
  long incidentKey;
  long[] timerKeys = NONE;
  long[] messageSubscriptionKeys = NONE;
  long[] signalSubscriptionKeys = NONE;

  ElementInstance(long key, Place place) {
    this.key = key;
    this.place = place;
  }

  @Override
  protected ElementInstance copy() {
    var copy = new ElementInstance(key, place);
    copy.state = state;
    copy.firstChild = firstChild;
    copy.lastChild = lastChild;
    copy.previousSibling = previousSibling;
    copy.nextSibling = nextSibling;
    copy.tokens = tokens;
    copy.countedTokens = countedTokens;
    copy.endedBy = endedBy;
    copy.endedWith = endedWith;
    copy.jobKey = jobKey;
    copy.incidentKey = incidentKey;
    copy.timerKeys = timerKeys;
    copy.messageSubscriptionKeys = messageSubscriptionKeys;
    copy.signalSubscriptionKeys = signalSubscriptionKeys;
    return copy;
  }

  public long key() {
    return key;
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
    return incidentKey;
  }

  /// The event that has ended it, or is about to; -1 if there is none.
  public int endedBy() {
    return endedBy;
  }

  public JsonObject endedWith() {
    return endedWith;
  }

  /// Whether it waits for anything beside its work.
  public boolean isSubscribed() {
    return timerKeys.length + messageSubscriptionKeys.length + signalSubscriptionKeys.length > 0;
  }

  public int timerCount() {
    return timerKeys.length;
  }

  public int messageSubscriptionCount() {
    return messageSubscriptionKeys.length;
  }

  public long messageSubscriptionKey(int i) {
    return messageSubscriptionKeys[i];
  }

  public int signalSubscriptionCount() {
    return signalSubscriptionKeys.length;
  }

  public long signalSubscriptionKey(int i) {
    return signalSubscriptionKeys[i];
  }

  public long timerKey(int i) {
    return timerKeys[i];
  }

  /// Tokens that wait on a flow to a parallel join.
  public int tokensOn(Flow flow) {
    for (int i = 0; i < countedTokens.length; i += 2)
      if (countedTokens[i] == flow.index()) return countedTokens[i + 1];
    return 0;
  }

  void changeTokensOn(Flow flow, int by) {
    int[] counts = countedTokens;
    for (int i = 0; i < counts.length; i += 2) {
      if (counts[i] == flow.index()) {
        int left = counts[i + 1] + by;
        if (left == 0) {
          int[] fewer = new int[counts.length - 2];
          System.arraycopy(counts, 0, fewer, 0, i);
          System.arraycopy(counts, i + 2, fewer, i, fewer.length - i);
          countedTokens = fewer;
        } else {
          countedTokens = counts.clone();
          countedTokens[i + 1] = left;
        }
        return;
      }
    }
    countedTokens = Arrays.copyOf(counts, counts.length + 2);
    countedTokens[counts.length] = flow.index();
    countedTokens[counts.length + 1] = by;
  }

  static long[] with(long[] keys, long key) {
    long[] more = Arrays.copyOf(keys, keys.length + 1);
    more[keys.length] = key;
    return more;
  }

  static long[] without(long[] keys, long key) {
    if (keys.length == 1 && keys[0] == key) return NONE;
    return Arrays.stream(keys).filter(other -> other != key).toArray();
  }
}
