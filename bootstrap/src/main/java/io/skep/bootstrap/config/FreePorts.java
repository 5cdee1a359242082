package io.skep.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/// Ports that nobody uses.
///
/// Picked before the listeners start, because a broker tells others all its ports as soon as the
/// first one is open. Somebody else may take one in between; then the start fails and says so.
public final class FreePorts {
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  /// Never the same twice.
  public static synchronized int any() {
    try {
      while (true) {
        try (var socket = new ServerSocket(0)) {
          if (GIVEN.add(socket.getLocalPort())) return socket.getLocalPort();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a port that is free, but there is none", e);
    }
  }
}
