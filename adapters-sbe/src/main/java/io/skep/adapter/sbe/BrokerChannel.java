package io.skep.adapter.sbe;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply.Reason;
import java.util.concurrent.RejectedExecutionException;
import org.agrona.collections.Long2ObjectHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One TCP connection to a broker, from the greeting to its end, with the requests that went over
/// it. All calls but [#forget] are made on its thread.
final class BrokerChannel implements FrameChannel.End {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerChannel.class);

  private final CommandApiSettings settings;
  private final BrokerConnection connection;
  private final JobsAvailable jobsAvailable;
  private final Long2ObjectHashMap<PendingRequest> sent = new Long2ObjectHashMap<>();
  private FrameChannel channel;
  private Handshake handshake;
  private long lastId;
  private boolean brokerLeaves;
  private String lastWords;

  BrokerChannel(
      CommandApiSettings settings, BrokerConnection connection, JobsAvailable jobsAvailable) {
    this.settings = settings;
    this.connection = connection;
    this.jobsAvailable = jobsAvailable;
  }

  @Override
  public void opened(FrameChannel channel) {
    this.channel = channel;
    handshake = new Handshake(settings, channel, channel.channel().eventLoop());
    channel.sendHello();
  }

  /// Whether requests can be sent.
  boolean isOpen() {
    return handshake != null && handshake.isDone() && !brokerLeaves;
  }

  /// Sends what is queued, as far as the channel takes it.
  void send(WriteQueue<PendingRequest> requests) {
    channel.writeAll(requests::poll, this::send);
  }

  private void send(PendingRequest request, FrameWriter writer) {
    connection.taken(request);
    if (!request.depart()) return;
    long id = ++lastId;
    sent.put(id, request);
    request.sentBy(this, id);
    writer.request(id, request.partitionId(), request.timeoutMs(), request.command());
    // Its time may have run out between the first look and the note of who sent it.
    if (request.isDone()) sent.remove(id);
  }

  /// The request's time is over; a late reply is for nobody. Comes from any thread.
  void forget(PendingRequest request) {
    try {
      channel.channel().eventLoop().execute(() -> sent.remove(request.id(), request));
    } catch (RejectedExecutionException e) {
      // The client has stopped, and all of this is garbage.
    }
  }

  @Override
  public void received(Frame frame) {
    if (!handshake.isDone()) {
      if (frame instanceof Frame.Goodbye(_, String message)) lastWords = message;
      if (handshake.accept(frame)) connection.ready(this);
      return;
    }
    switch (frame) {
      case Frame.Replied(long requestId, var reply) -> {
        var request = sent.remove(requestId);
        if (request != null) request.onReply(reply);
        leaveIfDone();
      }
      case Frame.JobsAvailable(int partitionId, String jobType) ->
          jobsAvailable.jobsAvailable(partitionId, jobType);
      case Frame.Heartbeat _ -> {}
      case Frame.Broken(long requestId, String why) -> {
        var request = sent.remove(requestId);
        if (request != null) {
          request.refuse(Reason.INTERNAL, "Expected an answer that can be read, but: " + why);
        }
      }
      case Frame.Goodbye(GoodbyeReason reason, String message) -> goodbye(reason, message);
      case Frame.Garbage(String why) -> misunderstood(why);
      case Frame.Hello _, Frame.Request _ ->
          misunderstood("Expected a reply, but there is a " + frame.getClass().getSimpleName());
    }
  }

  /// A broker that stops still answers what it has taken; new requests need a new connection.
  private void goodbye(GoodbyeReason reason, String message) {
    LOG.debug("{} says goodbye: {}", connection, message);
    brokerLeaves = true;
    lastWords = message;
    connection.lost(this);
    if (reason == GoodbyeReason.STOPPING) leaveIfDone();
    else channel.leave(message);
  }

  private void leaveIfDone() {
    if (brokerLeaves && sent.isEmpty()) channel.leave(lastWords);
  }

  private void misunderstood(String why) {
    LOG.warn("Closing the connection to {}. {}", connection, why);
    channel.leave(GoodbyeReason.MALFORMED, why);
  }

  @Override
  public void writable() {
    if (isOpen()) connection.writable(this);
  }

  @Override
  public void closed(String why) {
    handshake.cancel();
    String reason = lastWords == null ? why : lastWords;
    if (handshake.isDone()) connection.lost(this);
    else connection.failed(reason);
    var interrupted = sent.values().toArray(PendingRequest[]::new);
    sent.clear();
    for (PendingRequest request : interrupted) {
      request.refuse(
          Reason.INTERRUPTED,
          "Expected %s to answer, but the connection was lost: %s".formatted(connection, reason));
    }
  }

  /// The client stops.
  void close() {
    if (channel != null) channel.close("the client stops");
  }
}
