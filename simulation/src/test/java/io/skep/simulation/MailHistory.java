package io.skep.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Record;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.outbox.OutboxCommand.RefuseMessage;
import io.skep.domain.engine.outbox.OutboxCommand.TakeMessage;
import io.skep.domain.engine.outbox.OutboxEvent.MessageSent;
import io.skep.domain.engine.outbox.OutboxEvent.MessagesAcknowledged;
import io.skep.simulation.Tally.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What partitions have sent to each other: each message takes effect once, in its turn.
final class MailHistory {
  private final Tally tally;
  private final Map<String, Mail> mails = new TreeMap<>();

  /// From one partition to another.
  private static final class Mail {
    final List<String> sent = new ArrayList<>();
    int taken;
    long acknowledged;
  }

  MailHistory(Tally tally) {
    this.tally = tally;
  }

  private Mail of(int from, int to) {
    return mails.computeIfAbsent(from + " to " + to, _ -> new Mail());
  }

  void check(int partitionId, Record record) {
    switch (record.content()) {
      case MessageSent(_, int to, long number, var message) -> {
        Mail mail = of(partitionId, to);
        mail.sent.add(describe(message));
        assertEquals(mail.sent.size(), number, "numbers without gaps");
      }
      case MessagesAcknowledged(_, int to, long upToNumber) -> {
        Mail mail = of(partitionId, to);
        mail.acknowledged = upToNumber;
        assertTrue(upToNumber <= mail.taken, "acknowledged and not taken");
      }
      case TakeMessage(int from, long number, var message) -> {
        Mail mail = of(from, partitionId);
        assertTrue(
            number <= mail.sent.size(),
            () -> "partition %d takes a message that nobody sent".formatted(partitionId));
        assertEquals(mail.taken + 1, number, "a message that takes effect once, in its turn");
        assertEquals(mail.sent.get(mail.taken), describe(message), "what was sent");
        mail.taken++;
        tally.count(What.MAIL_TAKEN);
      }
      case ReceiveMessages(int from, long first, var messages) -> {
        if (first <= of(from, partitionId).taken && !messages.isEmpty())
          tally.count(What.MAIL_REPEATED);
      }
      case RefuseMessage refused -> throw new AssertionError("a message met a fault: " + refused);
      default -> {}
    }
  }

  private static String describe(Object message) {
    return message instanceof DistributeDeployment(long key, var processes)
        ? "deployment %d of %d processes".formatted(key, processes.size())
        : message.toString();
  }

  boolean isAllDelivered() {
    for (Mail mail : mails.values()) {
      if (mail.taken < mail.sent.size() || mail.acknowledged < mail.sent.size()) return false;
    }
    return true;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    mails.forEach(
        (pair, mail) ->
            text.append(
                "%s: %d sent, %d taken, %d acknowledged; "
                    .formatted(pair, mail.sent.size(), mail.taken, mail.acknowledged)));
    return text.toString();
  }
}
