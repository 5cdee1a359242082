package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import java.util.HashSet;
import java.util.Set;

/// What must hold of messages over all partitions: each process gets one once.
final class MessageHistory {
  private final Set<Taken> taken = new HashSet<>();

  private record Taken(long messageKey, String bpmnProcessId) {}

  void check(Event event) {
    switch (event) {
      case ProcessSubscriptionEvent.MessageCorrelated correlated ->
          take(correlated.messageKey(), correlated.place().definition().bpmnProcessId());
      case MessageEvent.InstanceStarted started ->
          take(started.messageKey(), started.subscription().bpmnProcessId());
      default -> {}
    }
  }

  /// How often a message has reached somebody.
  int count() {
    return taken.size();
  }

  private void take(long messageKey, String bpmnProcessId) {
    var taking = new Taken(messageKey, bpmnProcessId);
    assertTrue(taken.add(taking), () -> "a message that came twice: " + taking);
  }
}
