package io.skep.adapter.raft;

import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.domain.engine.store.Archive;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.PartitionLog.Failure;
import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import io.skep.port.out.StoredState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// A replica whose state is the list of what was applied to it.
class RecordingReplica implements Replica {
  /// What was applied, in order. Only whole when nothing is going on.
  final List<String> state = Collections.synchronizedList(new ArrayList<>());

  /// The same as of this process: what was not restored from a snapshot.
  final List<String> applied = Collections.synchronizedList(new ArrayList<>());

  final List<Long> terms = Collections.synchronizedList(new ArrayList<>());
  final List<Long> indices = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger restores = new AtomicInteger();
  volatile boolean leading;
  volatile boolean held;

  /// Whether it was held when it last lost the lead.
  volatile boolean heldAtTheEnd;

  /// Whether somebody waits, from the first time on that it is held.
  volatile boolean awaitedOnceHeld;

  private volatile boolean awaited;
  volatile Throwable failure;
  volatile String poison;
  volatile Throwable poisoned = new IllegalStateException("poisoned");
  volatile CountDownLatch gate = new CountDownLatch(0);

  /// How many entries it may still apply.
  volatile Semaphore applies = new Semaphore(Integer.MAX_VALUE);

  volatile boolean wantsCheckpoint;
  private volatile Archive archive;

  /// Where the first texts are stored.
  private final List<Long> places = Collections.synchronizedList(new ArrayList<>());

  /// What this member proposed and applied.
  private final Queue<Own> uncommitted = new ConcurrentLinkedQueue<>();

  private volatile long lastApplied = -1;
  volatile long lastCommitted = -1;

  /// What the log should not have said, `null` if there was nothing.
  volatile String misled;

  private record Own(long index, Outcome outcome) {}

  /// Whether a checkpoint waits at the gate.
  volatile boolean atGate;

  @Override
  public void apply(long index, byte[] content, Proposal own) {
    applies.acquireUninterruptibly();
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.equals(poison)) RecordingReplica.<RuntimeException>fail(poisoned);
    state.add(text);
    applied.add(text);
    indices.add(index);
    lastApplied = index;
    if (own instanceof Outcome outcome) uncommitted.add(new Own(index, outcome));
  }

  /// May come while the next is applied.
  @Override
  public void committed(long index) {
    if (index < lastCommitted || index > lastApplied)
      misled = "%d committed after %d, %d applied".formatted(index, lastCommitted, lastApplied);
    lastCommitted = index;
    for (Own next; (next = uncommitted.peek()) != null && next.index <= index; ) {
      uncommitted.remove();
      next.outcome.committed();
    }
  }

  /// Also with what nobody has declared, as Scala may throw.
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void fail(Throwable cause) throws E {
    throw (E) cause;
  }

  @Override
  public void leading(long term) {
    terms.add(term);
    leading = true;
  }

  @Override
  public void notLeading() {
    if (leading) heldAtTheEnd = held;
    leading = false;
  }

  @Override
  public void failed(Throwable cause) {
    leading = false;
    failure = cause;
    for (Own next; (next = uncommitted.poll()) != null; ) next.outcome.failed(Failure.LEAD_LOST);
  }

  @Override
  public void hold() {
    held = true;
    awaited = awaitedOnceHeld;
  }

  @Override
  public void release() {
    held = false;
  }

  @Override
  public boolean isDrained() {
    return true;
  }

  @Override
  public boolean isAwaited() {
    return awaited && awaitedOnceHeld;
  }

  @Override
  public void use(Archive given) {
    archive = given;
  }

  @Override
  public boolean wantsCheckpoint() {
    return wantsCheckpoint;
  }

  @Override
  public Checkpoint checkpoint() {
    if (!uncommitted.isEmpty()) misled = "a checkpoint of what is not committed";
    return new NewTexts(List.copyOf(state), places.size());
  }

  private void awaitGate() {
    atGate = true;
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void restore(StoredState stored) throws IOException {
    var texts = new TreeMap<Long, String>();
    var restoredPlaces = new TreeMap<Long, Long>();
    stored.forEach(
        (key, place, bytes) -> {
          texts.put(key, new String(bytes, StandardCharsets.UTF_8));
          restoredPlaces.put(key, place);
        });
    int count = ByteBuffer.wrap(stored.head()).getInt();
    if (texts.size() != count)
      throw new IOException("there are %d texts instead of %d".formatted(texts.size(), count));
    archive = stored.archive();
    state.clear();
    state.addAll(texts.values());
    places.clear();
    places.addAll(restoredPlaces.values());
    restores.incrementAndGet();
  }

  /// Reads back what checkpoints have stored.
  List<String> stored() {
    return List.copyOf(places).stream()
        .map(place -> new String(archive.read(place), StandardCharsets.UTF_8))
        .toList();
  }

  /// The texts that came since the last checkpoint, by their numbers.
  private final class NewTexts implements Checkpoint {
    private final List<String> texts;
    private final int from;
    private int next;

    NewTexts(List<String> texts, int from) {
      this.texts = texts;
      this.from = from;
      this.next = from;
    }

    @Override
    public byte[] head() {
      awaitGate();
      return ByteBuffer.allocate(4).putInt(texts.size()).array();
    }

    @Override
    public long[] ended() {
      return new long[0];
    }

    @Override
    public boolean next(RecordSink sink) {
      if (next == texts.size()) return false;
      byte[] bytes = bytes(texts.get(next));
      sink.accept(next++, bytes, bytes.length);
      return true;
    }

    @Override
    public boolean isInForce(long key, long place) {
      return key < from && places.get((int) key) == place;
    }

    @Override
    public void stored(long[] keys, long[] where, int count) {
      while (places.size() < texts.size()) places.add(Archive.NOWHERE);
      for (int i = 0; i < count; i++) places.set((int) keys[i], where[i]);
    }

    @Override
    public void failed() {}
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static void await(String what, BooleanSupplier condition) {
    await(what, 15_000, condition);
  }

  static void await(String what, long timeoutMs, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeoutMs * 1_000_000;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline)
        throw new AssertionError("Expected " + what + " in " + timeoutMs + " ms");
      pause(1);
    }
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// How a proposal ended, and how often.
  static class Outcome implements Proposal {
    final AtomicInteger committed = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    volatile Failure failure;

    void committed() {
      committed.incrementAndGet();
    }

    @Override
    public void failed(Failure reason) {
      failure = reason;
      failed.incrementAndGet();
    }

    boolean hasEnded() {
      return endings() > 0;
    }

    int endings() {
      return committed.get() + failed.get();
    }
  }
}
