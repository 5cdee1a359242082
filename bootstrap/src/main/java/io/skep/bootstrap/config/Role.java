package io.skep.bootstrap.config;

/// What a process is started as.
public enum Role {
  /// Holds partitions, with an embedded gateway unless that is switched off.
  BROKER,
  /// Serves clients and holds nothing.
  GATEWAY
}
