package io.skep.port.in;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.outbox.OutboxCommand;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Commands of a partition that were taken in and have not been run: how many they are, what they
/// take, and whether there may be more.
final class InFlight {
  /// How much may be taken from clients and not be run yet, in commands of the largest size. The
  /// limit of what is in flight comes long before that, but not all commands heed it.
  static final int MOST_LARGEST = 8;

  /// What a command takes besides its bytes, roughly.
  static final int COMMAND_BYTES = 1024;

  /// How far beyond the limit requests for jobs may go. Were they refused as often as new work is,
  /// jobs would wait that nobody gets, and the load would stay.
  static final int ACTIVATION_RESERVE = 2;

  private final int partitionId;
  private final InFlightLimit limit;
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  InFlight(int partitionId, InFlightLimit limit) {
    this.partitionId = partitionId;
    this.limit = limit;
  }

  int count() {
    return count.get();
  }

  /// Counts a command, unless there are too many.
  ///
  /// @param largestBytes what a command may take at most
  /// @return why it cannot be taken; `null` if it counts now
  String admit(Pending pending, int largestBytes) {
    int most = mostWith(pending.command());
    long mostBytes = MOST_LARGEST * (long) largestBytes;
    long heldBytes = bytes.addAndGet(cost(pending));
    if (count.incrementAndGet() > most && pending.limited()) {
      release(pending);
      return "Expected at most %d unanswered commands on partition %d, but there are as many: try again later"
          .formatted(most, partitionId);
    }
    if (heldBytes > mostBytes && !isOfBrokers(pending)) {
      release(pending);
      return "Expected unanswered commands of at most %d bytes on partition %d, but with this one it would be %d: try again later"
          .formatted(mostBytes, partitionId, heldBytes);
    }
    return null;
  }

  private int mostWith(Command command) {
    int most = limit.current();
    return command instanceof ActivateJobs ? ACTIVATION_RESERVE * most : most;
  }

  /// There are few of them at a time, and clients wait for what they do.
  private static boolean isOfBrokers(Pending pending) {
    return pending.isOwn() || pending.command() instanceof OutboxCommand;
  }

  private static long cost(Pending pending) {
    return pending.encoded().length + (long) COMMAND_BYTES;
  }

  /// Counts a command, however many there are.
  void add(Pending pending) {
    count.incrementAndGet();
    bytes.addAndGet(cost(pending));
  }

  /// A command has been refused.
  void release(Pending pending) {
    count.decrementAndGet();
    bytes.addAndGet(-cost(pending));
  }

  /// Commands have been run, one entry of the log. Those that wait for something to happen count no
  /// more either. By one thread at a time.
  void ran(List<Pending> commands, long nowNanos) {
    int before = count.get();
    for (Pending pending : commands) {
      if (pending.limited()) limit.ran(nowNanos - pending.arrivedNanos(), before, nowNanos);
    }
    commands.forEach(this::release);
  }
}
