package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;

/// A command that has arrived and is not answered.
///
/// @param session who sent it, `null` if the partition itself did
/// @param limited whether it counts among those of which there may be only so many
record Pending(
    Command command,
    byte[] encoded,
    JobsAvailable session,
    Reply.Listener listener,
    boolean limited,
    long arrivedNanos) {

  /// Whether the partition itself proposes it, again and again.
  boolean isOwn() {
    return session == null;
  }

  void answer(Answer answer) {
    listener.onReply(new Reply.Answered(answer));
  }

  void refuse(Reply.Reason reason, String message, int leader) {
    listener.onReply(new Reply.Refused(reason, message, leader));
  }
}
