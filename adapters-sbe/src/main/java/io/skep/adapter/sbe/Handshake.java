package io.skep.adapter.sbe;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import java.util.concurrent.TimeUnit;

/// Sees to it that the first frame of a connection is a greeting, comes in time and is from a
/// member of the same cluster that speaks the same protocol.
final class Handshake {
  private final CommandApiSettings settings;
  private final FrameChannel channel;
  private final Future<?> timeout;
  private String peer;

  Handshake(CommandApiSettings settings, FrameChannel channel, EventExecutor executor) {
    this.settings = settings;
    this.channel = channel;
    this.timeout =
        executor.schedule(
            this::tooLate, settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tooLate() {
    channel.leave(
        GoodbyeReason.MALFORMED,
        "Expected a greeting within %s, but none came".formatted(settings.connectTimeout()));
  }

  boolean isDone() {
    return peer != null;
  }

  /// What the peer calls itself.
  String peer() {
    return peer;
  }

  /// Takes the first frame. If it is not what it should be, says goodbye.
  ///
  /// @return whether it was
  boolean accept(Frame first) {
    timeout.cancel(false);
    return switch (first) {
      case Frame.Hello hello -> accept(hello);
      case Frame.Garbage garbage ->
          refuse(
              GoodbyeReason.MALFORMED,
              "This is the Command API of Skep, and the first frame is no greeting. "
                  + garbage.why());
      case Frame.Goodbye goodbye -> {
        channel.leave(goodbye.message());
        yield false;
      }
      case Frame.Heartbeat _,
          Frame.Request _,
          Frame.Replied _,
          Frame.JobsAvailable _,
          Frame.Broken _ ->
          refuse(
              GoodbyeReason.MALFORMED,
              "Expected a greeting as the first frame, but it is a "
                  + first.getClass().getSimpleName());
    };
  }

  private boolean accept(Frame.Hello hello) {
    if (hello.protocolVersion() != FrameChannel.PROTOCOL_VERSION) {
      return refuse(
          GoodbyeReason.OTHER_PROTOCOL,
          "Expected protocol version %d of the Command API, but '%s' speaks version %d"
              .formatted(
                  FrameChannel.PROTOCOL_VERSION, hello.memberName(), hello.protocolVersion()));
    }
    if (!hello.clusterName().equals(settings.clusterName())) {
      return refuse(
          GoodbyeReason.OTHER_CLUSTER,
          "Expected a member of the cluster '%s', but '%s' is of the cluster '%s'"
              .formatted(settings.clusterName(), hello.memberName(), hello.clusterName()));
    }
    peer = hello.memberName();
    channel.introduced();
    return true;
  }

  private boolean refuse(GoodbyeReason reason, String why) {
    channel.leave(reason, why);
    return false;
  }

  /// The connection is gone.
  void cancel() {
    timeout.cancel(false);
  }
}
