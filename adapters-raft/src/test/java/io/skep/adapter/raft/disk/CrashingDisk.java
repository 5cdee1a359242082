package io.skep.adapter.raft.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Fails at one step, either once or for good like a crash, and knows what a power cut would take.
public final class CrashingDisk implements Disk {
  private final Path graveyard;
  private final Map<FileChannel, Path> open = new HashMap<>();
  private final Map<Path, Long> synced = new HashMap<>();
  private final Deque<Undo> unsafe = new ArrayDeque<>();

  /// What was written over and not synced.
  private final Map<FileChannel, Deque<Undo>> overwritten = new HashMap<>();

  private int steps;
  private int failAt = Integer.MAX_VALUE;
  private boolean forGood;
  private int deleted;

  /// @param graveyard where deleted files go until it is sure that they are gone
  public CrashingDisk(Path graveyard) throws IOException {
    this.graveyard = Files.createDirectories(graveyard);
  }

  interface Undo {
    void run() throws IOException;
  }

  public static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("crash", null, false, false);
    }
  }

  public int steps() {
    return steps;
  }

  public void crashAt(int step) {
    failAt = steps + step;
    forGood = true;
  }

  public void failOnceAt(int step) {
    failAt = steps + step;
    forGood = false;
  }

  public boolean hasFailed() {
    return steps >= failAt;
  }

  public void recover() {
    failAt = Integer.MAX_VALUE;
  }

  private void step() throws IOException {
    steps++;
    if (forGood && steps >= failAt) throw new Crash();
    if (steps == failAt) throw new IOException("No space left on device");
  }

  /// Takes back whatever was not synced.
  public void cutPower() throws IOException {
    while (!unsafe.isEmpty()) unsafe.pop().run();
    for (var undos : overwritten.values()) while (!undos.isEmpty()) undos.pop().run();
    for (var file : synced.entrySet()) {
      if (!Files.exists(file.getKey())) continue;
      try (var channel = FileChannel.open(file.getKey(), StandardOpenOption.WRITE)) {
        channel.truncate(file.getValue());
      }
    }
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step();
    if (!Files.exists(file)) {
      unsafe.push(
          () -> {
            Files.deleteIfExists(file);
            synced.remove(file);
          });
    }
    var channel = Disk.super.create(file);
    open.put(channel, file);
    synced.put(file, 0L);
    return channel;
  }

  @Override
  public FileChannel open(Path file) throws IOException {
    var channel = Disk.super.open(file);
    open.put(channel, file);
    synced.putIfAbsent(file, channel.size());
    return channel;
  }

  private void rememberBefore(FileChannel channel, int bytes, long at) throws IOException {
    var before = ByteBuffer.allocate(bytes);
    try (var reader = FileChannel.open(open.get(channel), StandardOpenOption.READ)) {
      while (before.hasRemaining() && reader.read(before, at + before.position()) > 0) {}
    }
    before.flip();
    Undo undo =
        () -> {
          Path file = open.get(channel);
          if (!Files.exists(file)) return;
          try (var writer = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writer.write(before, at);
          }
        };
    overwritten.computeIfAbsent(channel, _ -> new ArrayDeque<>()).push(undo);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    boolean torn = forGood ? steps + 1 >= failAt : steps + 1 == failAt;
    if (torn) channel.write(bytes.duplicate().limit(bytes.limit() / 2));
    step();
    Disk.super.write(channel, bytes);
  }

  @Override
  public void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    boolean torn = forGood ? steps + 1 >= failAt : steps + 1 == failAt;
    rememberBefore(channel, bytes.remaining(), at);
    if (torn) channel.write(bytes.duplicate().limit(bytes.limit() / 2), at);
    step();
    Disk.super.write(channel, bytes, at);
  }

  @Override
  public void truncate(FileChannel channel, long bytes) throws IOException {
    step();
    Disk.super.truncate(channel, bytes);
  }

  @Override
  public void syncContent(FileChannel channel) throws IOException {
    sync(channel);
  }

  @Override
  public void sync(FileChannel channel) throws IOException {
    step();
    overwritten.remove(channel);
    if (open.containsKey(channel)) synced.put(open.get(channel), channel.size());
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    Disk.super.rename(from, to);
    long length = synced.remove(from);
    synced.put(to, length);
    open.replaceAll((_, path) -> path.equals(from) ? to : path);
    unsafe.push(
        () -> {
          Files.move(to, from);
          open.replaceAll((_, path) -> path.equals(to) ? from : path);
          synced.remove(to);
          synced.put(from, length);
        });
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    unsafe.clear();
  }

  @Override
  public void delete(Path file) throws IOException {
    step();
    if (!Files.exists(file)) return;
    Path grave = graveyard.resolve(Integer.toString(deleted++));
    Files.move(file, grave);
    unsafe.push(() -> Files.move(grave, file));
  }
}
