package io.skep.domain.engine.element;

import io.skep.domain.json.JsonObject;
import java.util.Arrays;

/// What few element instances have, so that the others need no room for it. Belongs to one of them
/// and is copied with it.
final class Attachments {
  private static final int[] NO_TOKENS = {};
  private static final long[] NO_KEYS = {};

  /// Of those that have nothing of it. Never written to.
  static final Attachments NONE = new Attachments();

  /// Flow index and number of tokens, in pairs: only for flows that end at a parallel join.
  int[] countedTokens = NO_TOKENS;

  /// The event to enter when this activity has been terminated, or this gateway has been left; -1
  /// if there is none.
  int endedBy = -1;

  /// What came with that event, `null` if there is none.
  JsonObject endedWith;

  long incidentKey;
  long[] timerKeys = NO_KEYS;
  long[] messageSubscriptionKeys = NO_KEYS;
  long[] signalSubscriptionKeys = NO_KEYS;

  boolean isEmpty() {
    return countedTokens.length == 0
        && endedBy < 0
        && incidentKey == 0
        && timerKeys.length == 0
        && messageSubscriptionKeys.length == 0
        && signalSubscriptionKeys.length == 0;
  }

  /// The arrays are shared: they are replaced, not written to.
  Attachments copy() {
    var copy = new Attachments();
    copy.countedTokens = countedTokens;
    copy.endedBy = endedBy;
    copy.endedWith = endedWith;
    copy.incidentKey = incidentKey;
    copy.timerKeys = timerKeys;
    copy.messageSubscriptionKeys = messageSubscriptionKeys;
    copy.signalSubscriptionKeys = signalSubscriptionKeys;
    return copy;
  }

  int tokensOn(Flow flow) {
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
    if (keys.length == 1 && keys[0] == key) return NO_KEYS;
    return Arrays.stream(keys).filter(other -> other != key).toArray();
  }
}
