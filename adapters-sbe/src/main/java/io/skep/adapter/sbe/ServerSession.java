package io.skep.adapter.sbe;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.EventLoop;
import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.JobCommand.HandOutJobs;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.LogCodec.MalformedCommandException;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connected gateway or broker, as the broker that it sends commands to sees it.
final class ServerSession implements FrameChannel.End, JobsAvailable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerSession.class);

  private static final String STOPPING = "the broker is stopping";

  private final CommandApiSettings settings;
  private final PartitionCommands partitions;
  private final WriteQueue<Outgoing> outgoing;
  private FrameChannel channel;
  private Handshake handshake;
  private int inFlight;
  private boolean draining;
  private volatile boolean closed;

  ServerSession(CommandApiSettings settings, PartitionCommands partitions, EventLoop loop) {
    this.settings = settings;
    this.partitions = partitions;
    this.outgoing = new WriteQueue<>(loop, this::writable, () -> {});
  }

  /// Something to be written, by the channel's thread.
  private interface Outgoing {
    void writeTo(FrameWriter writer);
  }

  @Override
  public void opened(FrameChannel channel) {
    this.channel = channel;
    handshake = new Handshake(settings, channel, channel.channel().eventLoop());
  }

  @Override
  public void received(Frame frame) {
    if (!handshake.isDone()) {
      greet(frame);
      return;
    }
    switch (frame) {
      case Frame.Request request -> submit(request);
      case Frame.Broken(long requestId, String why) ->
          accept(requestId, 0).refuse(Reason.MALFORMED, why);
      case Frame.Heartbeat _ -> {}
      case Frame.Goodbye(_, String message) -> {
        LOG.debug("'{}' leaves: {}", handshake.peer(), message);
        channel.leave(message);
      }
      case Frame.Garbage(String why) -> misunderstood(why);
      case Frame.Hello _, Frame.Replied _, Frame.JobsAvailable _ ->
          misunderstood("Expected a request, but there is a " + frame.getClass().getSimpleName());
    }
  }

  private void greet(Frame frame) {
    if (handshake.accept(frame)) {
      channel.sendHello();
      if (draining) drain();
      LOG.debug("'{}' connected from {}", handshake.peer(), channel.channel().remoteAddress());
    } else {
      LOG.warn("Refused a connection from {}: {}", channel.channel().remoteAddress(), frame);
    }
  }

  private void misunderstood(String why) {
    LOG.warn("Closing the connection to '{}'. {}", handshake.peer(), why);
    channel.leave(GoodbyeReason.MALFORMED, why);
  }

  private PendingReply accept(long requestId, long timeoutMs) {
    inFlight++;
    return new PendingReply(requestId, timeoutMs);
  }

  private void submit(Frame.Request request) {
    var reply = accept(request.requestId(), request.timeoutMs());
    if (draining) {
      reply.refuse(Reason.UNREACHABLE, "Expected a broker that serves, but it is stopping");
      return;
    }
    Command command;
    try {
      command = CommandCodec.decode(request.command(), Origin.PEER);
    } catch (MalformedCommandException e) {
      reply.refuse(Reason.MALFORMED, e.getMessage());
      return;
    }
    try {
      Command fits = fit(command);
      byte[] encoded = fits == command ? request.command() : CommandCodec.encode(fits);
      partitions.submit(request.partitionId(), fits, encoded, this, reply);
    } catch (RuntimeException e) {
      LOG.error("Could not submit {} to partition {}", command, request.partitionId(), e);
      reply.refuse(
          Reason.INTERNAL, "Expected the command to be taken, but there was a fault: " + e);
    }
  }

  /// A gateway may take larger messages than this broker sends. Jobs that do not fit into the
  /// answer would be handed out and never arrive.
  private Command fit(Command command) {
    int most = settings.maxFrameBytes() - FrameWriter.ANSWER_BYTES;
    return switch (command) {
      case HandOutJobs jobs when jobs.maxBytes() > most -> jobs.withMaxBytes(most);
      default -> command;
    };
  }

  /// There are jobs for the peer.
  @Override
  public void jobsAvailable(int partitionId, String type) {
    outgoing.offer(writer -> writer.jobsAvailable(partitionId, type));
  }

  @Override
  public void writable() {
    if (channel == null) return;
    channel.writeAll(outgoing::poll, Outgoing::writeTo);
    if (draining && inFlight == 0) channel.leave(STOPPING);
  }

  /// Runs no more commands, and closes once those that were taken are answered.
  void drain() {
    draining = true;
    if (channel == null) return;
    if (handshake.isDone()) channel.sendGoodbye(GoodbyeReason.STOPPING, STOPPING);
    else channel.leave(GoodbyeReason.STOPPING, STOPPING);
    writable();
  }

  @Override
  public void closed(String why) {
    closed = true;
    handshake.cancel();
    if (!handshake.isDone()) return;
    LOG.debug("Connection to '{}' is gone: {}", handshake.peer(), why);
    partitions.sessionClosed(this);
  }

  /// Where the reply to one request is put. There is one; it is written when its turn comes.
  private final class PendingReply implements Reply.Listener, Outgoing {
    private final long requestId;
    private final long timeoutNanos;
    private final long arrivedNanos = System.nanoTime();
    private Reply reply;

    /// @param timeoutMs after which the peer does not wait any more, 0 if it did not say
    PendingReply(long requestId, long timeoutMs) {
      this.requestId = requestId;
      this.timeoutNanos = timeoutMs == 0 ? Long.MAX_VALUE : MILLISECONDS.toNanos(timeoutMs);
    }

    @Override
    public void onReply(Reply reply) {
      this.reply = reply;
      if (!closed) outgoing.offer(this);
    }

    @Override
    public boolean isWaiting() {
      return !closed && System.nanoTime() - arrivedNanos < timeoutNanos;
    }

    void refuse(Reason reason, String message) {
      onReply(new Refused(reason, message, -1));
    }

    @Override
    public void writeTo(FrameWriter writer) {
      inFlight--;
      try {
        writer.reply(requestId, reply);
      } catch (RuntimeException e) {
        LOG.error("Could not encode {}", reply, e);
        writer.reply(
            requestId, new Refused(Reason.INTERNAL, "Could not encode the answer: " + e, -1));
      }
    }
  }
}
