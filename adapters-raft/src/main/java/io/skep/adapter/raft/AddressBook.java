package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with the places where the other brokers were last seen.
///
/// A broker that comes back finds them by it though its contact points are down, or are only
/// itself. Nothing depends on it: who has moved meanwhile is found by gossip, and the file may be
/// deleted.
final class AddressBook {
  private static final Logger LOG = LoggerFactory.getLogger(AddressBook.class);

  private final Path file;

  AddressBook(Path directory) {
    file = directory.resolve("addresses.txt");
  }

  /// Addresses of internal APIs by node id.
  Map<Integer, Address> read() {
    var addresses = new TreeMap<Integer, Address>();
    if (!Files.exists(file)) return addresses;
    try {
      for (String line : Files.readAllLines(file)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          addresses.put(
              Integer.valueOf(line.substring(0, equals)),
              Address.parse(line.substring(equals + 1)));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("Expected addresses of brokers in '{}', but: {}. They are done without", file, e);
    }
    return addresses;
  }

  void write(Map<Integer, Address> addresses) {
    List<String> lines = new ArrayList<>();
    new TreeMap<>(addresses).forEach((nodeId, address) -> lines.add(nodeId + "=" + address));
    try {
      // Not forced to the disk: it is of use, but not needed.
      Path next = Files.write(file.resolveSibling(file.getFileName() + ".next"), lines);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("Expected to write the addresses of brokers to '{}', but: {}", file, e.toString());
    }
  }
}
