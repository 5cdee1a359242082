package io.skep.e2e;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds out which process is at the other end of a connection on this machine, as Linux tells.
final class Peers {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp6"), Path.of("/proc/net/tcp"));

  private Peers() {}

  /// The one of these that has made the connection, `null` if none of them has.
  static SkepProcess ofConnection(Socket accepted, Collection<SkepProcess> processes)
      throws IOException {
    Optional<String> inode = inode(accepted.getPort(), accepted.getLocalPort());
    if (inode.isEmpty()) return null;
    String link = "socket:[" + inode.get() + "]";
    for (SkepProcess process : processes) {
      if (process.isAlive() && hasOpen(process.pid(), link)) return process;
    }
    return null;
  }

  private static Optional<String> inode(int localPort, int remotePort) throws IOException {
    for (Path table : TABLES) {
      if (!Files.exists(table)) continue;
      for (String line : Files.readAllLines(table)) {
        // number: address:port address:port state queues timer retransmissions uid time-out inode
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9
            && fields[1].endsWith(":%04X".formatted(localPort))
            && fields[2].endsWith(":%04X".formatted(remotePort))) return Optional.of(fields[9]);
      }
    }
    return Optional.empty();
  }

  private static boolean hasOpen(long pid, String link) {
    try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path file : files) {
        if (isLink(file, link)) return true;
      }
      return false;
    } catch (IOException _) {
      // It has just ended.
      return false;
    }
  }

  private static boolean isLink(Path file, String link) {
    try {
      return Files.readSymbolicLink(file).toString().equals(link);
    } catch (IOException _) {
      // It has just been closed.
      return false;
    }
  }
}
