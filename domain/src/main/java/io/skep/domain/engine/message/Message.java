package io.skep.domain.engine.message;

import io.skep.domain.engine.store.Row;
import java.util.ArrayList;
import java.util.List;

/// A published message while it is kept.
public final class Message extends Row {
  private final long key;
  private final MessageContent content;

  /// Processes to which it was given, by id: each gets it once. Never changes itself.
  private List<String> takers = List.of();

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

  List<String> takers() {
    return takers;
  }

  /// Whether it is kept still. Its end is seen to a little later than it comes.
  boolean isLive(long nowMs) {
    return content.deadlineMs() > nowMs;
  }

  /// Whether instances of a process may have it.
  public boolean isFor(String bpmnProcessId) {
    return !takers.contains(bpmnProcessId);
  }

  void take(String bpmnProcessId) {
    var more = new ArrayList<>(takers);
    more.add(bpmnProcessId);
    takers = List.copyOf(more);
  }

  void giveBack(String bpmnProcessId) {
    takers = takers.stream().filter(taker -> !taker.equals(bpmnProcessId)).toList();
  }
}
