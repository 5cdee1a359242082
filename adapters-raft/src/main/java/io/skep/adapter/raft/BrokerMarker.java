package io.skep.adapter.raft;

import io.skep.port.out.LogException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;

/// A file beside the logs that says whose they are, and which partitions must be there.
///
/// A broker that lost a log and came back with an empty one would vote as if it had never promised
/// anything, and entries that were acknowledged could be lost. Ratis creates a missing log without
/// a word; so this file remembers. If the file is lost with the logs, other brokers remember: see
/// [Admission].
final class BrokerMarker implements AutoCloseable {
  private static final String FORMAT = "1";
  private static final String PARTITION = "partition.";
  private static final String PARTITIONS = "partitions";
  private static final String DATA = "data";
  private static final String ADMITTED = "admitted";
  private static final String SEEN = "seen.";

  private final Path file;
  private final Map<String, String> identity;
  private final Map<Integer, UUID> partitions = new TreeMap<>();
  private final Map<Integer, UUID> seen = new TreeMap<>();
  private final FileChannel lockFile;
  private UUID data = UUID.randomUUID();
  private boolean admitted;

  private BrokerMarker(Path file, Map<String, String> identity, FileChannel lockFile) {
    this.file = file;
    this.identity = identity;
    this.lockFile = lockFile;
  }

  /// Takes possession of a directory of logs, which is created if need be. No other process can
  /// until [#close].
  ///
  /// @throws LogException if it belongs to another broker or cluster, or a process uses it
  static BrokerMarker claim(Path directory, InternalApiSettings settings) {
    try {
      Files.createDirectories(directory);
      var marker =
          new BrokerMarker(
              directory.resolve("broker.properties"), identity(settings), lock(directory));
      try {
        marker.check(directory, settings.replicationFactor() > 1);
        return marker;
      } catch (IOException | RuntimeException e) {
        marker.close();
        throw e;
      }
    } catch (IOException e) {
      throw new LogException(
          "Expected to read and write '%s', but: %s. Check the data directory's disk and permissions"
              .formatted(directory, e),
          e);
    }
  }

  private static Map<String, String> identity(InternalApiSettings settings) {
    return new TreeMap<>(
        Map.of(
            "cluster", settings.clusterName(),
            "nodeId", Integer.toString(settings.nodeId()),
            "clusterSize", Integer.toString(settings.clusterSize()),
            "partitionsCount", Integer.toString(settings.partitionCount()),
            "replicationFactor", Integer.toString(settings.replicationFactor()),
            "distribution", settings.distribution()));
  }

  private static FileChannel lock(Path directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock != null) return channel;
    channel.close();
    throw new LogException(
        "Expected to be alone in '%s', but a running broker uses it. Stop that one, or give this one another data directory"
            .formatted(directory),
        null);
  }

  /// @param shared whether other brokers hold copies of what this one holds
  private void check(Path directory, boolean shared) throws IOException {
    if (!Files.exists(file)) {
      try (var entries = Files.list(partitionsIn(directory))) {
        if (entries.findAny().isPresent()) {
          throw new LogException(
              "Expected '%s' beside the logs in '%s', but it is not there. Restore the directory as a whole, or empty it if this broker never took part"
                  .formatted(file, directory),
              null);
        }
      }
      admitted = !shared;
      save();
      return;
    }
    var found = read();
    if (!FORMAT.equals(found.getProperty("format"))) {
      throw new LogException(
          "Expected format %s in '%s', but it is '%s': a newer version wrote it. Start that version"
              .formatted(FORMAT, file, found.getProperty("format")),
          null);
    }
    // Markers of before there was a choice say nothing of it.
    found.putIfAbsent("distribution", InternalApiSettings.ROUND_ROBIN);
    identity.forEach((key, value) -> compare(key, value, found.getProperty(key)));
    for (String key : found.stringPropertyNames()) {
      if (key.startsWith(PARTITION)) {
        partitions.put(
            Integer.valueOf(key.substring(PARTITION.length())),
            UUID.fromString(found.getProperty(key)));
      }
      if (key.startsWith(SEEN)) {
        seen.put(
            Integer.valueOf(key.substring(SEEN.length())), UUID.fromString(found.getProperty(key)));
      }
    }
    checkData(found);
  }

  private void checkData(Properties found) throws IOException {
    // Markers of before there were ids are of brokers that have taken part.
    admitted = Boolean.parseBoolean(found.getProperty(ADMITTED, "true"));
    if (found.containsKey(DATA)) data = UUID.fromString(found.getProperty(DATA));
    else save();
  }

  private void compare(String key, String expected, String found) {
    if (expected.equals(found)) return;
    throw new LogException(
        "Expected the logs of a broker with %s '%s', but '%s' says they are of one with '%s'. Correct the configuration, or give this broker another data directory"
            .formatted(key, expected, file, found),
        null);
  }

  private Properties read() throws IOException {
    var found = new Properties();
    try {
      found.load(new StringReader(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
    return found;
  }

  /// Where a partition's log, votes and snapshots are.
  Path logOf(UUID group) {
    return file.resolveSibling(PARTITIONS).resolve(group.toString());
  }

  /// Where Ratis keeps a directory for each partition.
  static Path partitionsIn(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve(PARTITIONS));
  }

  /// To be asked before a partition is opened.
  ///
  /// @throws LogException if this broker has held the partition before and its log is gone
  synchronized void expectLog(int partitionId, UUID group) {
    if (!partitions.containsKey(partitionId)) return;
    Path log = logOf(group);
    if (Files.exists(log.resolve("current").resolve("raft-meta"))) return;
    throw new LogException(
        ("Expected the log of partition %d in '%s', for this broker has held it, but it is not there. Restore it; or, if the"
                + " partition's other replicas are complete, delete the line '%s%d' from '%s', and it is fetched from them")
            .formatted(partitionId, log, PARTITION, partitionId, file),
        null);
  }

  /// From now on the partition's log must be there. To be called before anything in it is
  /// acknowledged.
  synchronized void remember(int partitionId, UUID group) {
    if (!group.equals(partitions.put(partitionId, group))) persist();
  }

  /// Whether this broker may vote and acknowledge.
  synchronized boolean isAdmitted() {
    return admitted;
  }

  /// From now on it may.
  synchronized void admit() {
    admitted = true;
    persist();
  }

  /// Remembers which directory another broker has.
  ///
  /// @return what was remembered before, `null` if nothing was
  synchronized UUID see(int nodeId, UUID id) {
    UUID before = seen.put(nodeId, id);
    if (!id.equals(before)) persist();
    return before;
  }

  /// What others are to be told.
  synchronized DataClaim claim() {
    return new DataClaim(data, admitted, seen);
  }

  private void persist() {
    try {
      save();
    } catch (IOException e) {
      throw new LogException(
          "Expected to write '%s', but: %s. Check the disk".formatted(file, e), e);
    }
  }

  private void save() throws IOException {
    var text = new StringBuilder("# Whose logs lie here. Written by the broker.\n");
    text.append("format=").append(FORMAT).append('\n');
    identity.forEach(
        (key, value) -> text.append(key).append('=').append(escaped(value)).append('\n'));
    partitions.forEach(
        (id, group) -> text.append(PARTITION).append(id).append('=').append(group).append('\n'));
    text.append(DATA).append('=').append(data).append('\n');
    text.append(ADMITTED).append('=').append(admitted).append('\n');
    seen.forEach(
        (nodeId, id) -> text.append(SEEN).append(nodeId).append('=').append(id).append('\n'));
    DurableFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String value) {
    return value
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new LogException("Expected to release '%s', but: %s".formatted(file, e), e);
    }
  }
}
