package io.skep.adapter.http;

import java.util.List;

/// How the Monitoring API listens, and what it tells of this program.
///
/// @param host the address to bind, such as `0.0.0.0`
/// @param port 0 to 65535; 0 takes any free one
/// @param portKey the configuration key of the port, for messages
/// @param version of this program
/// @param properties the effective configuration
public record MonitoringSettings(
    String host, int port, String portKey, String version, List<Property> properties) {

  /// One line of the effective configuration.
  ///
  /// @param value as text; secrets are masked
  /// @param source where the value came from
  public record Property(String key, String value, String source) {}

  public MonitoringSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException(
          "Expected a port of 0 to 65535, but it is %d".formatted(port));
    }
    properties = List.copyOf(properties);
  }
}
