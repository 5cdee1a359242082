package io.skep.domain.engine.element;

import io.skep.domain.engine.deployment.ProcessDefinition;
import io.skep.domain.engine.store.Row;
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

  /// The boundary event to enter when this activity has been terminated, -1 if there is none.
  int interruptedBy = -1;

  long jobKey;
  long incidentKey;
  long[] timerKeys = NONE;

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
    copy.interruptedBy = interruptedBy;
    copy.jobKey = jobKey;
    copy.incidentKey = incidentKey;
    copy.timerKeys = timerKeys;
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

  public int interruptedBy() {
    return interruptedBy;
  }

  public int timerCount() {
    return timerKeys.length;
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

  void addTimer(long timerKey) {
    timerKeys = Arrays.copyOf(timerKeys, timerKeys.length + 1);
    timerKeys[timerKeys.length - 1] = timerKey;
  }

  void removeTimer(long timerKey) {
    if (timerKeys.length == 1 && timerKeys[0] == timerKey) timerKeys = NONE;
    else timerKeys = Arrays.stream(timerKeys).filter(other -> other != timerKey).toArray();
  }
}
