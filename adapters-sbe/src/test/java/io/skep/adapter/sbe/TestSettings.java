package io.skep.adapter.sbe;

import java.time.Duration;

/// Settings with an ephemeral port, and short times where a test waits for them to pass.
final class TestSettings {
  static final int MAX_FRAME_BYTES = 1 << 20;

  private TestSettings() {}

  static CommandApiSettings broker(int nodeId) {
    return settings("test", nodeId, 0, Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  static CommandApiSettings gateway() {
    return broker(CommandApiSettings.NO_BROKER);
  }

  static CommandApiSettings brokerAt(int port) {
    return settings("test", 1, port, Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  static CommandApiSettings ofCluster(String clusterName) {
    return settings(clusterName, -1, 0, Duration.ofSeconds(5), Duration.ofSeconds(20));
  }

  /// Loses patience soon.
  static CommandApiSettings impatient(int heartbeatMs, int idleMs) {
    return settings("test", -1, 0, Duration.ofMillis(heartbeatMs), Duration.ofMillis(idleMs));
  }

  private static CommandApiSettings settings(
      String cluster, int nodeId, int port, Duration heartbeat, Duration idle) {
    return new CommandApiSettings(
        cluster,
        "member" + nodeId,
        nodeId,
        "127.0.0.1",
        port,
        MAX_FRAME_BYTES,
        heartbeat,
        idle,
        Duration.ofMillis(1_000),
        Duration.ofMillis(1_000),
        null);
  }
}
