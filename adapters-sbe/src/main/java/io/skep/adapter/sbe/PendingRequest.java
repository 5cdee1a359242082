package io.skep.adapter.sbe;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import io.skep.port.out.BrokerClient.Dispatch;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request that waits for its reply. Of reply, time-out and loss of the connection the first one
/// counts.
final class PendingRequest implements Reply.Listener, TimerTask, Dispatch {
  private static final Logger LOG = LoggerFactory.getLogger(PendingRequest.class);

  private final AtomicReference<Reply.Listener> listener;

  /// Of whoever sends it and whoever gives it up the first one counts.
  private final AtomicBoolean departed = new AtomicBoolean();

  private final int nodeId;
  private final int partitionId;
  private final byte[] command;
  private final long timeoutMs;
  private volatile Timeout timeout;
  private volatile BrokerChannel sentBy;
  private long id;

  PendingRequest(
      int nodeId, int partitionId, byte[] command, long timeoutMs, Reply.Listener listener) {
    this.nodeId = nodeId;
    this.partitionId = partitionId;
    this.command = command;
    this.timeoutMs = timeoutMs;
    this.listener = new AtomicReference<>(listener);
  }

  /// Has the request end with a time-out unless it ends before.
  ///
  /// @throws IllegalStateException if the timer was stopped
  void startTimeout(Timer timer) {
    timeout = timer.newTimeout(this, timeoutMs, TimeUnit.MILLISECONDS);
  }

  int nodeId() {
    return nodeId;
  }

  int partitionId() {
    return partitionId;
  }

  byte[] command() {
    return command;
  }

  boolean isDone() {
    return listener.get() == null;
  }

  @Override
  public boolean isWaiting() {
    return !isDone();
  }

  long timeoutMs() {
    return timeoutMs;
  }

  /// What the channel knows it by.
  long id() {
    return id;
  }

  /// Has it leave, or not.
  ///
  /// @return whether it may be sent; from now on it may have been run
  boolean depart() {
    return departed.compareAndSet(false, true) && !isDone();
  }

  void sentBy(BrokerChannel channel, long id) {
    this.id = id;
    sentBy = channel;
  }

  void refuse(Reason reason, String message) {
    onReply(new Refused(reason, message, -1));
  }

  @Override
  public boolean abandon() {
    boolean stays = departed.compareAndSet(false, true);
    if (end() != null) forget();
    return stays;
  }

  private Reply.Listener end() {
    var waiting = listener.getAndSet(null);
    var started = timeout;
    if (waiting != null && started != null) started.cancel();
    return waiting;
  }

  private void forget() {
    var channel = sentBy;
    if (channel != null) channel.forget(this);
  }

  @Override
  public void onReply(Reply reply) {
    var waiting = end();
    if (waiting == null) return;
    try {
      waiting.onReply(reply);
    } catch (RuntimeException e) {
      // A fault of one sender must not reach the others, who share the connection.
      LOG.error("Reply to a request to partition {} could not be handled", partitionId, e);
    }
  }

  @Override
  public void run(Timeout timeout) {
    refuse(
        Reason.TIMEOUT,
        "Expected broker %d to answer for partition %d within %d ms, but it did not"
            .formatted(nodeId, partitionId, timeoutMs));
    forget();
  }
}
