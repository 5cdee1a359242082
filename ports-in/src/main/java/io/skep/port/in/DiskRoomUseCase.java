package io.skep.port.in;

import io.skep.port.in.NodeStatus.DiskReport;
import io.skep.port.out.DataDisk;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.Scheduler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Looks at the disk from time to time, so that commands are refused while there is still room to
/// bring to an end what has been begun.
@Singleton
final class DiskRoomUseCase implements DiskRoom {
  /// A watermark that was undercut has to be passed by this part of it before it counts as kept
  /// again. Otherwise a purged file of the log would let in just what fills it again.
  private static final int MARGIN = 20;

  private final DiskSettings settings;
  private final DataDisk disk;
  private final Scheduler scheduler;
  private final OperatorLog log;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private Scheduler.Cancellable next;
  private boolean running;
  private boolean complained;
  private volatile long freeBytes = -1;
  private volatile boolean enoughToProcess = true;
  private volatile boolean enoughToReplicate = true;

  @Inject
  DiskRoomUseCase(DiskSettings settings, DataDisk disk, Scheduler scheduler, OperatorLog log) {
    this.settings = settings;
    this.disk = disk;
    this.scheduler = scheduler;
    this.log = log;
  }

  @Override
  public boolean isEnoughToProcess() {
    return enoughToProcess;
  }

  @Override
  public boolean isEnoughToReplicate() {
    return enoughToReplicate;
  }

  /// @param listener called after the answers of this object have changed
  void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Looks once, and from then on each so often.
  synchronized void start() {
    if (!settings.isWatched() || running) return;
    running = true;
    lookAndArrange();
  }

  synchronized void stop() {
    running = false;
    if (next != null) next.cancel();
  }

  private synchronized void lookAndArrange() {
    if (!running) return;
    look();
    next = scheduler.schedule(settings.interval().toMillis(), this::lookAndArrange);
  }

  private void look() {
    long free;
    try {
      free = disk.freeBytes();
    } catch (IOException e) {
      complain(e);
      return;
    }
    complained = false;
    freeBytes = free;
    boolean process = isEnough(free, settings.processingBytes(), enoughToProcess);
    boolean replicate = isEnough(free, settings.replicationBytes(), enoughToReplicate);
    if (process == enoughToProcess && replicate == enoughToReplicate) return;
    tell(process, replicate);
    enoughToProcess = process;
    enoughToReplicate = replicate;
    listeners.forEach(Runnable::run);
  }

  private static boolean isEnough(long free, long watermark, boolean wasEnough) {
    return free >= (wasEnough ? watermark : watermark + watermark / MARGIN);
  }

  private void tell(boolean process, boolean replicate) {
    if (!process && enoughToProcess) log.warn(shortage() + ": commands are refused until there is");
    if (!replicate && enoughToReplicate) {
      log.warn(
          "Expected at least %d bytes free on the disk of '%s' for replication, but there are %d: nothing is taken from leaders until there are"
              .formatted(settings.replicationBytes(), disk.directory(), freeBytes));
    }
    if (replicate && !enoughToReplicate) {
      log.info(room() + ": what leaders send is taken again");
    }
    if (process && !enoughToProcess) log.info(room() + ": commands are taken again");
  }

  private String room() {
    return "%d bytes are free on the disk of '%s'".formatted(freeBytes, disk.directory());
  }

  /// What is wrong while [#isEnoughToProcess] says that something is.
  String shortage() {
    return "Expected at least %d bytes free on the disk of '%s', but there are %d"
        .formatted(settings.processingBytes(), disk.directory(), freeBytes);
  }

  /// What was known holds on: to refuse everything because of a question would do more harm.
  private void complain(IOException e) {
    if (complained) return;
    complained = true;
    log.warn(
        "Expected to learn how much is free on the disk of '%s', but: %s"
            .formatted(disk.directory(), e));
  }

  /// Empty as long as nobody has looked.
  List<DiskReport> reports() {
    if (freeBytes < 0) return List.of();
    return List.of(
        new DiskReport(
            disk.directory(),
            freeBytes,
            settings.processingBytes(),
            settings.replicationBytes(),
            enoughToProcess,
            enoughToReplicate));
  }
}
