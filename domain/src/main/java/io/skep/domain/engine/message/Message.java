package io.skep.domain.engine.message;

import io.skep.domain.engine.store.Row;
import java.util.Arrays;

/// A published message while it is kept.
public final class Message extends Row {
  private static final String[] NONE = {};

  private final long key;
  private final MessageContent content;

  /// Processes to which it was given, by id: each gets it once.
  String[] takers = NONE;

  Message(long key, MessageContent content) {
    this.key = key;
    this.content = content;
  }

  @Override
  protected Message copy() {
    var copy = new Message(key, content);
    copy.takers = takers;
    return copy;
  }

  public long key() {
    return key;
  }

  public MessageContent content() {
    return content;
  }

  /// Whether instances of a process may have it.
  public boolean isFor(String bpmnProcessId) {
    for (String taker : takers) if (taker.equals(bpmnProcessId)) return false;
    return true;
  }

  void take(String bpmnProcessId) {
    takers = Arrays.copyOf(takers, takers.length + 1);
    takers[takers.length - 1] = bpmnProcessId;
  }

  void giveBack(String bpmnProcessId) {
    takers =
        Arrays.stream(takers).filter(taker -> !taker.equals(bpmnProcessId)).toArray(String[]::new);
  }
}
