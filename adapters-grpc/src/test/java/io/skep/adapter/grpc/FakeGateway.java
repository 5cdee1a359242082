package io.skep.adapter.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.JobActivation;
import io.skep.port.in.JobStreaming;
import io.skep.port.in.TopologyQuery;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.Reply;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// The use cases as the test wants them.
final class FakeGateway
    implements CommandGateway, JobActivation, JobStreaming, TopologyQuery, GatewayMetrics {
  final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  final BlockingQueue<Activation> activations = new LinkedBlockingQueue<>();
  final BlockingQueue<Opened> streams = new LinkedBlockingQueue<>();

  /// Calls as they started and ended.
  final BlockingQueue<String> reported = new LinkedBlockingQueue<>();

  /// Gives the reply, or `null` to leave the command unanswered.
  volatile Function<Command, Reply> replies = _ -> new Reply.Answered(new Answer.Done(1));

  volatile Topology topology = Topology.unknown();

  @Override
  public void send(Command command, long timeoutMs, Reply.Listener listener) {
    sent.add(new Sent(command, timeoutMs, listener));
    Reply reply = replies.apply(command);
    if (reply != null) listener.onReply(reply);
  }

  @Override
  public Request activate(
      ActivateJobs command, long requestTimeoutMs, JobActivation.Receiver receiver) {
    var activation = new Activation(command, requestTimeoutMs, receiver, new CountDownLatch(1));
    activations.add(activation);
    return activation.cancelled()::countDown;
  }

  @Override
  public Stream open(Terms terms, JobStreaming.Receiver receiver) {
    var opened = new Opened(terms, receiver, new CountDownLatch(1), new LinkedBlockingQueue<>());
    streams.add(opened);
    return new Stream() {
      @Override
      public void ready() {
        opened.ready().add(true);
      }

      @Override
      public void close() {
        opened.closed().countDown();
      }
    };
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void started(String method) {
    reported.add(method);
  }

  @Override
  public void ended(String method, String status, long nanos) {
    reported.add(method + " " + status + (nanos > 0 ? "" : " in no time"));
  }

  @Override
  public void jobStreams(int clients, int streams) {}

  @Override
  public void waiting(String jobType, int requests) {}

  /// The command that was sent first of those that were not looked at.
  Command nextCommand() {
    try {
      var next = sent.poll(5, SECONDS);
      assertNotNull(next, "no command came");
      return next.command();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void answerWith(Answer answer) {
    replies = _ -> new Reply.Answered(answer);
  }

  record Sent(Command command, long timeoutMs, Reply.Listener listener) {}

  record Opened(
      Terms terms,
      JobStreaming.Receiver receiver,
      CountDownLatch closed,
      BlockingQueue<Boolean> ready) {}

  record Activation(
      ActivateJobs command,
      long requestTimeoutMs,
      JobActivation.Receiver receiver,
      CountDownLatch cancelled) {}
}
