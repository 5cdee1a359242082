package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.store.Row;
import java.util.Arrays;

/// What goes to and comes from one other partition.
public final class Mailbox extends Row {
  private static final Command[] NONE = {};

  /// The number of the last message for the other partition, 0 if there was none.
  long lastSent;

  /// The highest number of the other partition's messages that took effect here.
  long lastReceived;

  /// Messages that are not acknowledged, the last of them with the number [#lastSent].
  Command[] unacknowledged = NONE;

  @Override
  protected Mailbox copy() {
    var copy = new Mailbox();
    copy.lastSent = lastSent;
    copy.lastReceived = lastReceived;
    copy.unacknowledged = unacknowledged;
    return copy;
  }

  public long lastSent() {
    return lastSent;
  }

  public long lastReceived() {
    return lastReceived;
  }

  public int unacknowledgedCount() {
    return unacknowledged.length;
  }

  /// The number of the oldest message that is not acknowledged.
  public long firstUnacknowledged() {
    return lastSent - unacknowledged.length + 1;
  }

  /// @param i 0 for the oldest
  public Command unacknowledged(int i) {
    return unacknowledged[i];
  }

  void send(Command message) {
    unacknowledged = Arrays.copyOf(unacknowledged, unacknowledged.length + 1);
    unacknowledged[unacknowledged.length - 1] = message;
    lastSent++;
  }

  void acknowledge(long upToNumber) {
    long gone = upToNumber - firstUnacknowledged() + 1;
    unacknowledged = Arrays.copyOfRange(unacknowledged, (int) gone, unacknowledged.length);
  }
}
