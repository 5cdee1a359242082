package io.skep.port.in;

import io.skep.port.out.DataDisk;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A disk that a test fills. 100 bytes have to be free for commands, and 40 for replication.
final class FakeDisk implements DataDisk {
  static final long INTERVAL_MS = 1_000;

  final DiskRoomUseCase room;
  long freeBytes = 1_000;

  /// Whether it does not say.
  boolean isMute;

  FakeDisk(Scheduler scheduler, OperatorLog log) {
    var settings = new DiskSettings(true, Duration.ofMillis(INTERVAL_MS), 100, 40);
    room = new DiskRoomUseCase(settings, this, scheduler, log);
  }

  @Override
  public String directory() {
    return "/data";
  }

  @Override
  public long freeBytes() throws IOException {
    if (isMute) throw new IOException("stale file handle");
    return freeBytes;
  }

  /// Keeps what operators are told.
  static final class Told implements OperatorLog {
    final List<String> infos = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();

    @Override
    public void info(String message) {
      infos.add(message);
    }

    @Override
    public void warn(String message) {
      warnings.add(message);
    }

    @Override
    public void error(String message, Throwable cause) {
      throw new AssertionError(message, cause);
    }
  }
}
