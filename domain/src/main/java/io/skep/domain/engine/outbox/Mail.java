package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.NoteDelivery;
import io.skep.domain.engine.outbox.OutboxCommand.*;
import io.skep.domain.engine.outbox.OutboxEvent.*;
import java.util.List;

/// Messages between partitions. The sender repeats them until they are acknowledged, the receiver
/// drops what it has already: so each takes effect once, whoever leads when.
public final class Mail {
  private Mail() {}

  public static void process(OutboxCommand command, Turn turn) {
    switch (command) {
      case ReceiveMessages(int from, long firstNumber, var messages) ->
          receive(from, firstNumber, messages, turn);
      case AcknowledgeMessages(int to, long upToNumber) -> acknowledge(to, upToNumber, turn);
    }
  }

  /// Leaves a message for another partition.
  ///
  /// @return its number
  public static long send(int toPartition, Command message, Turn turn) {
    long number = turn.state().mailboxes().get(toPartition).lastSent() + 1;
    turn.append(new MessageSent(-1, toPartition, number, message));
    return number;
  }

  private static void receive(int from, long firstNumber, List<Command> messages, Turn turn) {
    if (from == turn.state().partitionId() || from < 1 || from > turn.partitionCount()) {
      turn.reject(
          Reason.INVALID_ARGUMENT,
          "Expected messages of another partition, but they are of %d".formatted(from));
      return;
    }
    long last = turn.state().mailboxes().get(from).lastReceived();
    // After a gap nothing can be taken: the sender learns from the answer where to begin.
    if (firstNumber <= last + 1) {
      for (int i = (int) (last + 1 - firstNumber); i < messages.size(); i++) {
        turn.append(new MessageReceived(-1, from, ++last));
        turn.then(messages.get(i));
      }
    }
    turn.answer(new Answer.MessagesReceived(last));
  }

  private static void acknowledge(int to, long upToNumber, Turn turn) {
    Mailbox mailbox = turn.state().mailboxes().get(to);
    if (upToNumber < mailbox.firstUnacknowledged() || upToNumber > mailbox.lastSent()) {
      // An acknowledgement that came twice, or late.
      turn.answer(new Answer.Done(-1));
      return;
    }
    turn.append(new MessagesAcknowledged(-1, to, upToNumber));
    turn.then(new NoteDelivery(to, upToNumber));
    turn.answer(new Answer.Done(-1));
  }
}
