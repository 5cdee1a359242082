package io.skep.bootstrap.config;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.Set;

/// Where others reach this machine if nobody has said so.
final class Hosts {
  private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

  private Hosts() {}

  static boolean isEveryAddress(String host) {
    return EVERY_ADDRESS.contains(host);
  }

  /// The address that is bound; if that is every address, the first that is not loopback, IPv4 if
  /// there is one. Names are not looked up: that can take seconds.
  static String reachable(String boundHost) {
    if (!isEveryAddress(boundHost)) return boundHost;
    try {
      return NetworkInterface.networkInterfaces()
          .sorted(Comparator.comparingInt(NetworkInterface::getIndex))
          .filter(Hosts::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
          .map(InetAddress::getHostAddress)
          .orElse("127.0.0.1");
    } catch (IOException _) {
      // A machine that does not list its interfaces still has this one.
      return "127.0.0.1";
    }
  }

  private static boolean isUp(NetworkInterface networkInterface) {
    try {
      return networkInterface.isUp();
    } catch (IOException _) {
      return false;
    }
  }
}
