package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Partitions that do with commands what the test wants; at first they keep them.
final class FakePartitions implements PartitionCommands {
  final AtomicInteger submitted = new AtomicInteger();
  final BlockingQueue<JobsAvailable> closedSessions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Submission> kept = new LinkedBlockingQueue<>();
  private volatile Consumer<Submission> behaviour = kept::add;

  /// A command that was submitted.
  record Submission(
      int partitionId,
      Command command,
      byte[] encoded,
      JobsAvailable session,
      Reply.Listener listener) {
    void answer(Answer answer) {
      listener.onReply(new Answered(answer));
    }
  }

  FakePartitions behave(Consumer<Submission> behaviour) {
    this.behaviour = behaviour;
    return this;
  }

  @Override
  public void submit(
      int partitionId,
      Command command,
      byte[] encoded,
      JobsAvailable session,
      Reply.Listener listener) {
    submitted.incrementAndGet();
    behaviour.accept(new Submission(partitionId, command, encoded, session, listener));
  }

  @Override
  public void sessionClosed(JobsAvailable session) {
    closedSessions.add(session);
  }

  /// The next command that was kept.
  Submission next() throws InterruptedException {
    var next = kept.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "no command came");
    return next;
  }
}
