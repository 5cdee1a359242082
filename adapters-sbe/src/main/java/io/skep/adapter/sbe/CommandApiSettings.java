package io.skep.adapter.sbe;

import io.skep.port.out.Credentials;
import java.time.Duration;

/// How brokers and gateways talk over the Command API.
///
/// @param clusterName peers that name another cluster are refused
/// @param memberName how this process calls itself to its peers, for their logs
/// @param localNodeId the broker in this process, whose commands take no socket; -1 on a gateway
/// @param host where the server listens
/// @param port 1 to 65535, 0 for any that is free
/// @param maxFrameBytes longest frame that is taken or sent; see [#frameBytesFor]
/// @param heartbeatInterval after which a silent connection is given a sign of life
/// @param idleTimeout after which a connection that brought nothing is closed; a few times the
///   heartbeat interval
/// @param connectTimeout for reaching a broker, the greeting included
/// @param drainTimeout how long a stop waits for the replies to what has been accepted
/// @param credentials for TLS between members, `null` without
public record CommandApiSettings(
    String clusterName,
    String memberName,
    int localNodeId,
    String host,
    int port,
    int maxFrameBytes,
    Duration heartbeatInterval,
    Duration idleTimeout,
    Duration connectTimeout,
    Duration drainTimeout,
    Credentials credentials) {

  /// The value of [#localNodeId] in a process without a broker.
  public static final int NO_BROKER = -1;

  /// What a frame holds beyond the payload of a client's message: headers, and for an answer with
  /// many jobs the fields of each job that the size of its variables does not count.
  private static final int ROOM_BYTES = 1 << 20;

  /// Four times the heartbeat, so that one lost in a pause of the collector does not count.
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(20);

  public static final Duration DEFAULT_HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(5);

  public CommandApiSettings {
    if (maxFrameBytes < 1024) {
      throw new IllegalArgumentException(
          "Expected a maximum frame length of 1024 bytes at least, but it is %d"
              .formatted(maxFrameBytes));
    }
    if (idleTimeout.compareTo(heartbeatInterval) <= 0) {
      throw new IllegalArgumentException(
          "Expected an idle timeout above the heartbeat interval, but they are %s and %s"
              .formatted(idleTimeout, heartbeatInterval));
    }
  }

  /// With the defaults for everything that is not configured.
  ///
  /// @param maxMessageBytes the largest message that clients may send,
  ///   `zeebe.broker.network.maxMessageSize`
  public static CommandApiSettings of(
      String clusterName,
      String memberName,
      int localNodeId,
      String host,
      int port,
      int maxMessageBytes) {
    return new CommandApiSettings(
        clusterName,
        memberName,
        localNodeId,
        host,
        port,
        frameBytesFor(maxMessageBytes),
        DEFAULT_HEARTBEAT_INTERVAL,
        DEFAULT_IDLE_TIMEOUT,
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_DRAIN_TIMEOUT,
        null);
  }

  /// The same with TLS, or without if `null`.
  public CommandApiSettings with(Credentials with) {
    return new CommandApiSettings(
        clusterName,
        memberName,
        localNodeId,
        host,
        port,
        maxFrameBytes,
        heartbeatInterval,
        idleTimeout,
        connectTimeout,
        drainTimeout,
        with);
  }

  /// The longest frame for messages of this size.
  public static int frameBytesFor(int maxMessageBytes) {
    return Math.addExact(maxMessageBytes, ROOM_BYTES);
  }
}
