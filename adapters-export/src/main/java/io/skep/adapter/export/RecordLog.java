package io.skep.adapter.export;

import io.skep.domain.engine.Record;
import io.skep.port.out.RecordSink;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends records to a file, one JSON object a line.
///
/// For following what goes on: after a restart records may come twice, with the same position. It
/// never holds up the partitions: if the disk cannot keep up, records are left out and the loss is
/// logged.
@Singleton
public final class RecordLog implements RecordSink {
  private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);

  /// In turns, each of which may have many records.
  private static final int MAX_WAITING = 10_000;

  private static final Lines END = new Lines(0, List.of());

  private final Path file;
  private final BlockingQueue<Lines> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private Thread writer;
  private long lost;

  private record Lines(int partitionId, List<Record> records) {}

  @Inject
  RecordLog(RecordLogSettings settings) {
    file = settings.file();
  }

  /// Opens the file. Does nothing if nobody wants records.
  ///
  /// @throws UncheckedIOException if the file cannot be opened; the message names it and the key of
  ///   the configuration
  public synchronized void start() {
    if (file == null || writer != null) return;
    OutputStream out;
    try {
      if (file.toAbsolutePath().getParent() != null)
        Files.createDirectories(file.toAbsolutePath().getParent());
      out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Expected to append to '%s', which skep.broker.recordLog.file names, but: %s"
              .formatted(file, e),
          e);
    }
    writer = Thread.ofPlatform().daemon().name("record-log").start(() -> write(out));
  }

  /// Writes what is waiting and closes the file.
  public synchronized void stop() {
    if (writer == null) return;
    try {
      waiting.put(END);
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer = null;
  }

  @Override
  public boolean isOpen() {
    return file != null;
  }

  @Override
  public void accept(int partitionId, List<Record> records) {
    if (records.isEmpty()) return;
    if (!waiting.offer(new Lines(partitionId, records))) noteLoss(records.size());
  }

  private synchronized void noteLoss(int count) {
    if (lost == 0) LOG.warn("Records are left out of '{}': the disk does not keep up", file);
    lost += count;
  }

  private void write(OutputStream out) {
    var taken = new ArrayList<Lines>();
    var json = new RecordJson();
    try (out) {
      while (true) {
        taken.add(waiting.take());
        waiting.drainTo(taken);
        for (Lines lines : taken) {
          if (lines == END) {
            json.drainTo(out);
            return;
          }
          for (Record record : lines.records) json.append(lines.partitionId, record);
        }
        taken.clear();
        json.drainTo(out);
      }
    } catch (IOException e) {
      LOG.error("Records are no longer written to '{}'", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
