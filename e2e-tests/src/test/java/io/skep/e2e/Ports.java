package io.skep.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/// The ports of one process. They stay the same over restarts, as an operator's would, so that
/// clients find it again.
record Ports(int gateway, int command, int internal, int monitoring) {
  /// Below what Linux gives out by itself, so that nobody gets one while its owner is down.
  private static final int LOWEST = 10_000;

  private static final int HIGHEST = 32_000;
  private static final SplittableRandom RANDOM = new SplittableRandom();

  /// Their owners need not have begun to listen.
  private static final Set<Integer> GIVEN = new HashSet<>();

  static Ports free() {
    return new Ports(anyFree(), anyFree(), anyFree(), anyFree());
  }

  private static synchronized int anyFree() {
    while (true) {
      int port = RANDOM.nextInt(LOWEST, HIGHEST);
      if (isFree(port) && GIVEN.add(port)) return port;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
