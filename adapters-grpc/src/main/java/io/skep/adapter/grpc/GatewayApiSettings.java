package io.skep.adapter.grpc;

import io.skep.port.out.Credentials;
import java.time.Duration;

/// How the Gateway API listens.
///
/// @param host the address to bind, such as `0.0.0.0`
/// @param port 0 to 65535; 0 takes any free one
/// @param maxMessageBytes how large a request may be, 1 KiB or more
/// @param minKeepAliveInterval how often a client may ping at most; who pings more often is
///   disconnected
/// @param stopGrace how long calls that are under way may take to end when the server stops
/// @param gatewayVersion what Topology tells clients, such as `8.6.0`: the version of the Zeebe
///   protocol that we speak rather than our own, because clients parse it and branch on it
/// @param limits how much is in hand at a time
/// @param credentials for TLS with clients, `null` without
public record GatewayApiSettings(
    String host,
    int port,
    int maxMessageBytes,
    Duration minKeepAliveInterval,
    Duration stopGrace,
    String gatewayVersion,
    CallLimits limits,
    Credentials credentials) {

  /// What is kept free in an answer for all but its jobs.
  private static final int ROOM_FOR_THE_REST = 8 * 1024;

  /// Without TLS.
  public GatewayApiSettings(
      String host,
      int port,
      int maxMessageBytes,
      Duration minKeepAliveInterval,
      Duration stopGrace,
      String gatewayVersion,
      CallLimits limits) {
    this(
        host, port, maxMessageBytes, minKeepAliveInterval, stopGrace, gatewayVersion, limits, null);
  }

  public GatewayApiSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "Expected a port of 0 to 65535, but it is %d".formatted(port));
    }
    if (maxMessageBytes < 1024) {
      throw new IllegalArgumentException(
          "Expected messages of 1024 bytes or more to be allowed, but it is %d"
              .formatted(maxMessageBytes));
    }
    if (minKeepAliveInterval.isNegative() || minKeepAliveInterval.isZero()) {
      throw new IllegalArgumentException(
          "Expected a keep-alive interval of more than zero, but it is %s"
              .formatted(minKeepAliveInterval));
    }
    if (stopGrace.isNegative()) {
      throw new IllegalArgumentException(
          "Expected a grace of zero or more, but it is %s".formatted(stopGrace));
    }
    if (!gatewayVersion.matches("\\d+\\.\\d+\\.\\d+.*")) {
      throw new IllegalArgumentException(
          "Expected a version such as 8.6.0 for clients, but it is '%s'".formatted(gatewayVersion));
    }
  }

  /// How large the jobs in an answer may get together.
  int maxJobBytes() {
    return Math.max(maxMessageBytes / 2, maxMessageBytes - ROOM_FOR_THE_REST);
  }
}
