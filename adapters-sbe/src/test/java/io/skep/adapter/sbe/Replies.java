package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.skep.domain.engine.Answer;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Collects the replies to a test's requests.
final class Replies implements Reply.Listener {
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  @Override
  public void onReply(Reply reply) {
    replies.add(reply);
  }

  Reply next() throws InterruptedException {
    var reply = replies.poll(10, TimeUnit.SECONDS);
    assertNotNull(reply, "no reply came");
    return reply;
  }

  /// Whether one comes within a while, in milliseconds.
  boolean isSilent(long forMs) throws InterruptedException {
    return replies.poll(forMs, TimeUnit.MILLISECONDS) == null;
  }

  Answer nextAnswer() throws InterruptedException {
    var reply = next();
    return assertInstanceOf(Answered.class, reply, reply::toString).answer();
  }

  Refused nextRefusal(Reason expected) throws InterruptedException {
    var refused = assertInstanceOf(Refused.class, next());
    assertEquals(expected, refused.reason(), refused.message());
    return refused;
  }
}
