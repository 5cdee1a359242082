package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer;
import io.skep.port.out.Reply;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody who has asked for something, and what they were told.
final class Asker implements Reply.Listener {
  private final List<Reply> replies = new CopyOnWriteArrayList<>();

  /// It has given up.
  boolean gone;

  @Override
  public void onReply(Reply reply) {
    replies.add(reply);
  }

  @Override
  public boolean isWaiting() {
    return !gone && !isTold();
  }

  boolean isTold() {
    return !replies.isEmpty();
  }

  int timesTold() {
    return replies.size();
  }

  /// The one reply.
  Reply reply() {
    assertEquals(1, replies.size(), replies::toString);
    return replies.getFirst();
  }

  Answer answer() {
    return assertInstanceOf(Reply.Answered.class, reply()).answer();
  }

  Reply.Reason refusal() {
    return assertInstanceOf(Reply.Refused.class, reply()).reason();
  }
}
