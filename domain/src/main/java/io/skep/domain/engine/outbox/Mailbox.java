package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.store.Row;
import java.util.Arrays;
import java.util.Objects;

/// What goes to and comes from one other partition.
public final class Mailbox extends Row {
  private static final Command[] NONE = {};
  private static final int LEAST_SLOTS = 8;

  /// The number of the last message for the other partition, 0 if there was none.
  long lastSent;

  /// The highest number of the other partition's messages that took effect here.
  long lastReceived;

  /// The messages that are not acknowledged, in a part of an array. A copy shares it, as its other
  /// slots may hold anything: they are written when one is sent, and those in the part never.
  private Command[] messages = NONE;

  private int from;
  private int count;

  @Override
  protected Mailbox copy() {
    var copy = new Mailbox();
    copy.lastSent = lastSent;
    copy.lastReceived = lastReceived;
    copy.messages = messages;
    copy.from = from;
    copy.count = count;
    return copy;
  }

  public long lastSent() {
    return lastSent;
  }

  public long lastReceived() {
    return lastReceived;
  }

  public int unacknowledgedCount() {
    return count;
  }

  /// The number of the oldest message that is not acknowledged.
  public long firstUnacknowledged() {
    return lastSent - count + 1;
  }

  /// @param i 0 for the oldest
  public Command unacknowledged(int i) {
    return messages[from + Objects.checkIndex(i, count)];
  }

  void send(Command message) {
    add(message);
    lastSent++;
  }

  /// Takes back what was written.
  ///
  /// @param message the last of those that are not acknowledged, with the number [#lastSent]
  void add(Command message) {
    if (from + count == messages.length) move(Math.max(LEAST_SLOTS, 2 * count));
    messages[from + count++] = message;
  }

  void acknowledge(long upToNumber) {
    int gone = (int) (upToNumber - firstUnacknowledged() + 1);
    from += gone;
    count -= gone;
    // Otherwise those that are gone would stay in memory.
    if (count == 0) move(0);
    else if (from > count) move(2 * count);
  }

  private void move(int slots) {
    messages = slots == 0 ? NONE : Arrays.copyOfRange(messages, from, from + slots);
    from = 0;
  }
}
