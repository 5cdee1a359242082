package io.skep.domain.engine.outbox;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.State;
import io.skep.domain.engine.Turn;
import io.skep.domain.engine.deployment.DeploymentCommand.NoteDelivery;
import io.skep.domain.engine.message.MessageCommand.CorrelateMessage;
import io.skep.domain.engine.message.ProcessSubscriptions;
import io.skep.domain.engine.outbox.OutboxCommand.*;
import io.skep.domain.engine.outbox.OutboxEvent.*;
import java.util.ArrayList;
import java.util.List;

/// Messages between partitions. The sender repeats them until they are acknowledged, the receiver
/// drops what it has already: so each takes effect once, whoever leads when.
public final class Mail {
  private Mail() {}

  public static void process(OutboxCommand command, Turn turn) {
    switch (command) {
      case ReceiveMessages(int from, long firstNumber, _) -> receive(from, firstNumber, turn);
      case TakeMessage(int from, long number, Command message) -> {
        turn.append(new MessageReceived(-1, from, number));
        turn.then(message);
      }
      case RefuseMessage refused -> refuse(refused, turn);
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

  /// What is new of a delivery: each is to be a turn of its own, so that a bug in one keeps none of
  /// the others from taking effect.
  public static List<TakeMessage> taken(ReceiveMessages delivery, State state) {
    long last = state.mailboxes().get(delivery.fromPartition()).lastReceived();
    var taken = new ArrayList<TakeMessage>();
    // After a gap nothing can be taken: the sender learns from the answer where to begin.
    if (delivery.firstNumber() > last + 1) return taken;
    for (long i = last + 1 - delivery.firstNumber(); i < delivery.messages().size(); i++) {
      Command message = delivery.messages().get((int) i);
      taken.add(new TakeMessage(delivery.fromPartition(), delivery.firstNumber() + i, message));
    }
    return taken;
  }

  /// Gives something to do to a partition, which may be this one.
  public static void deliver(int partitionId, Command command, Turn turn) {
    if (partitionId == turn.state().partitionId()) turn.then(command);
    else send(partitionId, command, turn);
  }

  private static void receive(int from, long firstNumber, Turn turn) {
    if (from == turn.state().partitionId() || from < 1 || from > turn.partitionCount()) {
      turn.reject(
          Reason.INVALID_ARGUMENT,
          "Expected messages of another partition, but they are of %d".formatted(from));
      return;
    }
    if (firstNumber < 1) {
      turn.reject(
          Reason.INVALID_ARGUMENT,
          "Expected messages numbered from 1, but the first has the number %d"
              .formatted(firstNumber));
      return;
    }
    turn.answer(new Answer.MessagesReceived(turn.state().mailboxes().get(from).lastReceived()));
  }

  private static void refuse(RefuseMessage refused, Turn turn) {
    turn.append(new MessageReceived(-1, refused.fromPartition(), refused.number()));
    turn.noteRejected(refused.message(), new Rejection(Reason.PROCESSING_ERROR, refused.fault()));
    if (refused.message() instanceof CorrelateMessage correlate)
      ProcessSubscriptions.refuse(correlate, turn);
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
