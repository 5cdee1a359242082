package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.Rejection;
import io.skep.port.out.Clock;
import io.skep.port.out.LogCodec;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Puts the commands of a partition into an order and into the log.
///
/// Whatever has arrived while the last entry was on its way goes into the next one: an idle
/// partition adds no latency, a busy one shares each round of replication among many commands. More
/// than one entry is on its way only if what waits would fill another. Whoever brings a command
/// does the work, once it has brought what came with it (see [Arrivals]), unless somebody is at it
/// already.
final class Sequencer {
  /// How many entries are on their way at a time, if they are full. More would only fill queues
  /// further down, and keep a leader without quorum from noticing.
  private static final int WINDOW = 3;

  /// From here on an entry is full enough not to wait for the one before it.
  private static final int FULL_BYTES = 16 * 1024;

  /// Of what arrives together, so many commands go at once: the log is busy with them while the
  /// rest is read.
  static final int ENOUGH_COMMANDS = 24;

  /// Commands go together up to so much. Measured with variables of 10 KB, 1.7 times the instances
  /// of one command an entry.
  private static final int TARGET_BYTES = 128 * 1024;

  /// The most commands in an entry. Each may have to read an instance from the disk, which takes
  /// 0.06 ms there, and a replica does nothing else until it has applied all of the entry.
  static final int MAX_COMMANDS = 100;

  private final int partitionId;
  private final LogCodec codec;
  private final Clock clock;
  private final InFlight inFlight;
  private final BooleanSupplier hasRoom;
  private final SplittableRandom seeds;
  private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final Runnable drain = this::drain;

  /// What this broker has to do and there is no room for.
  private final Queue<Pending> parked = new ConcurrentLinkedQueue<>();

  private final AtomicInteger entriesInFlight = new AtomicInteger();
  private final AtomicInteger work = new AtomicInteger();
  private volatile PartitionLog log;
  private volatile Lead lead;
  private volatile boolean stopped;
  private volatile boolean held;

  /// A time of leading. Requests are numbered by its term and a counter, so that no number comes
  /// twice.
  private static final class Lead {
    private final long term;
    private long nextRequest;
    private long lastTimeMs;

    Lead(long term, long lastTimeMs) {
      this.term = term;
      this.nextRequest = term << 40;
      this.lastTimeMs = lastTimeMs;
    }
  }

  /// Commands on their way through the log, as one entry.
  static final class Batch implements PartitionLog.Proposal {
    private final Sequencer sequencer;
    final LogCodec.Batch stamp;
    final List<Pending> commands;

    /// So many were run: who waits for these is told elsewhere what came of them.
    private volatile int ran;

    private Batch(Sequencer sequencer, LogCodec.Batch stamp, List<Pending> commands) {
      this.sequencer = sequencer;
      this.stamp = stamp;
      this.commands = commands;
    }

    void ran(int commands) {
      ran = commands;
    }

    @Override
    public void failed(PartitionLog.Failure failure) {
      sequencer.failed(this, failure);
    }
  }

  /// @param hasRoom whether the disk has room for more; see [#roomChanged]
  Sequencer(
      int partitionId, LogCodec codec, Clock clock, InFlightLimit limit, BooleanSupplier hasRoom) {
    this.partitionId = partitionId;
    this.codec = codec;
    this.clock = clock;
    this.inFlight = new InFlight(partitionId, limit);
    this.hasRoom = hasRoom;
    this.seeds = new SplittableRandom(clock.nanoTime() ^ clock.nowMs() << 20);
  }

  void use(PartitionLog log) {
    this.log = log;
  }

  /// From now on this member leads.
  ///
  /// @param timeMs of the last turn: time does not go back
  void lead(long term, long timeMs) {
    lead = new Lead(term, timeMs);
    held = false;
    drain();
  }

  /// Proposes nothing more; what comes waits until [#release], or is refused by [#follow].
  void hold() {
    held = true;
  }

  void release() {
    held = false;
    drain();
  }

  /// The disk has filled up, or has room again. What comes while there is none waits, and is not
  /// counted as in flight; what came before goes on.
  void roomChanged() {
    drain();
  }

  /// Whether no entry is on its way, nor about to be. While held this stays so once it is.
  boolean isDrained() {
    return work.get() == 0 && entriesInFlight.get() == 0;
  }

  /// Refuses what waits. What is on its way is failed by the log.
  void follow() {
    lead = null;
    drain();
  }

  boolean isLeading() {
    return lead != null;
  }

  /// Takes no more commands from outside.
  void stop() {
    stopped = true;
  }

  /// Commands that are not answered.
  int inFlight() {
    return inFlight.count();
  }

  void submit(Pending pending) {
    if (lead == null || stopped) {
      refuseNotLeader(pending);
      return;
    }
    if (bytes(pending) > log.maxEntryBytes()) {
      pending.answer(tooLarge(pending));
      return;
    }
    if (!hasRoom.getAsBoolean()) {
      parked.add(pending);
      drain();
      return;
    }
    String tooMuch = inFlight.admit(pending, log.maxEntryBytes());
    if (tooMuch != null) {
      pending.refuse(Reply.Reason.RESOURCE_EXHAUSTED, tooMuch, -1);
      return;
    }
    enqueue(pending);
    if (isEnough() || !Arrivals.whenOver(drain)) drain();
  }

  /// Whether what waits should not wait for more.
  private boolean isEnough() {
    return waitingCount.get() >= ENOUGH_COMMANDS || fillsAnEntry();
  }

  private boolean fillsAnEntry() {
    return waitingBytes.get() >= FULL_BYTES;
  }

  private void enqueue(Pending pending) {
    waitingBytes.addAndGet(bytes(pending));
    waitingCount.incrementAndGet();
    waiting.add(pending);
  }

  private Pending dequeue() {
    Pending next = waiting.poll();
    if (next == null) return null;
    waitingBytes.addAndGet(-bytes(next));
    waitingCount.decrementAndGet();
    return next;
  }

  private int bytes(Pending pending) {
    return codec.entryBytes(pending.encoded());
  }

  private Answer tooLarge(Pending pending) {
    return new Rejection(
        Rejection.Reason.EXCEEDED_BATCH_RECORD_SIZE,
        "Expected %s to take at most %d bytes, but it takes %d"
            .formatted(
                pending.command().getClass().getSimpleName(),
                log.maxEntryBytes(),
                pending.encoded().length));
  }

  /// An entry of this member has been applied: the next may go, though nobody may be told what came
  /// of this one yet.
  void applied() {
    entriesInFlight.decrementAndGet();
    drain();
  }

  /// Whoever waits for the commands of an entry has been answered, or is kept elsewhere.
  void answered(Batch batch) {
    inFlight.ran(batch.commands, clock.nanoTime());
  }

  /// Nobody will be told what came of an entry that was applied.
  void withdrawn(Batch batch) {
    batch.commands.forEach(inFlight::release);
  }

  /// Empties the queue as far as the window allows, or refuses what is in it if there is no lead.
  /// One thread at a time takes from the queue; whoever comes meanwhile makes it look again.
  private void drain() {
    if (work.getAndIncrement() != 0) return;
    int seen = 1;
    do {
      proposeOrRefuse();
      seen = work.addAndGet(-seen);
    } while (seen != 0);
  }

  private void proposeOrRefuse() {
    while (true) {
      Lead now = lead;
      if (now == null) {
        refuseWaiting();
        return;
      }
      if (hasRoom.getAsBoolean()) unpark();
      if (held || !mayPropose(entriesInFlight.get())) return;
      List<Pending> commands = take();
      if (commands == null) return;
      propose(now, commands);
    }
  }

  /// A round of replication costs by entry, nearly whatever is in it.
  private boolean mayPropose(int onTheirWay) {
    return onTheirWay == 0 || onTheirWay < WINDOW && fillsAnEntry();
  }

  private void unpark() {
    for (Pending pending; (pending = parked.poll()) != null; ) {
      inFlight.add(pending);
      enqueue(pending);
    }
  }

  private List<Pending> take() {
    Pending next = dequeue();
    if (next == null) return null;
    var commands = new ArrayList<Pending>();
    int most = Math.min(TARGET_BYTES, log.maxEntryBytes());
    int bytes = 0;
    while (true) {
      commands.add(next);
      bytes += bytes(next);
      if (commands.size() == MAX_COMMANDS) return commands;
      next = waiting.peek();
      // A single large command goes alone: together they might be too large for the log.
      if (next == null || bytes + bytes(next) > most) return commands;
      dequeue();
    }
  }

  private void propose(Lead now, List<Pending> commands) {
    now.lastTimeMs = Math.max(now.lastTimeMs, clock.nowMs());
    var stamp =
        new LogCodec.Batch(Engine.LOGIC_VERSION, now.lastTimeMs, seeds.nextLong(), now.nextRequest);
    now.nextRequest += commands.size();
    var encoded = new ArrayList<byte[]>(commands.size());
    for (Pending command : commands) encoded.add(command.encoded());
    entriesInFlight.incrementAndGet();
    try {
      log.propose(codec.encodeEntry(stamp, encoded), new Batch(this, stamp, commands));
    } catch (RuntimeException bug) {
      // Whoever waits is told, and the queue goes on with the next.
      entriesInFlight.decrementAndGet();
      commands.forEach(inFlight::release);
      String message =
          "Expected the log of partition %d to take an entry, but: %s".formatted(partitionId, bug);
      for (Pending command : commands) command.refuse(Reply.Reason.INTERNAL, message, -1);
    }
  }

  private void failed(Batch batch, PartitionLog.Failure failure) {
    entriesInFlight.decrementAndGet();
    batch.commands.forEach(inFlight::release);
    for (Pending pending : batch.commands.subList(batch.ran, batch.commands.size())) {
      switch (failure) {
        case REFUSED -> refuseNotLeader(pending);
        case LEAD_LOST -> refuseInterrupted(pending);
        case OVERLOADED ->
            pending.refuse(
                Reply.Reason.RESOURCE_EXHAUSTED,
                "Expected the log of partition %d to have room, but it is full: try again later"
                    .formatted(partitionId),
                -1);
      }
    }
    drain();
  }

  private void refuseWaiting() {
    for (Pending pending; (pending = dequeue()) != null; ) {
      inFlight.release(pending);
      refuseNotLeader(pending);
    }
    for (Pending pending; (pending = parked.poll()) != null; ) refuseNotLeader(pending);
  }

  void refuseNotLeader(Pending pending) {
    pending.listener().onReply(notLeader());
  }

  /// The lead was lost while a command was on its way.
  void refuseInterrupted(Pending pending) {
    pending.refuse(
        Reply.Reason.INTERRUPTED,
        "Expected partition %d to keep its leader until the command was committed, but it did not: it may or may not have been run"
            .formatted(partitionId),
        leader());
  }

  Reply.Refused notLeader() {
    return new Reply.Refused(
        Reply.Reason.NOT_LEADER,
        "Expected this broker to lead partition %d, but it does not".formatted(partitionId),
        leader());
  }

  /// The member that leads as far as is known here, -1 if none is.
  int leader() {
    return log == null ? -1 : log.leader();
  }
}
