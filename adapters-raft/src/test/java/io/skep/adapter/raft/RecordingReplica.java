package io.skep.adapter.raft;

import io.skep.port.out.PartitionLog.Failure;
import io.skep.port.out.PartitionLog.Proposal;
import io.skep.port.out.Replica;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

  volatile Throwable failure;
  volatile String poison;
  volatile CountDownLatch gate = new CountDownLatch(0);

  /// Whether a snapshot waits at the gate.
  volatile boolean atGate;

  @Override
  public void apply(long index, byte[] content, Proposal own) {
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.equals(poison)) throw new IllegalStateException("poisoned");
    state.add(text);
    applied.add(text);
    indices.add(index);
    if (own instanceof Outcome outcome) outcome.applied();
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
  }

  @Override
  public void hold() {
    held = true;
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
    return false;
  }

  @Override
  public FrozenState freeze() {
    var frozen = List.copyOf(state);
    return out -> {
      awaitGate();
      write(frozen, out);
    };
  }

  private void awaitGate() throws IOException {
    atGate = true;
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void write(List<String> texts, OutputStream out) throws IOException {
    var data = new DataOutputStream(out);
    data.writeInt(texts.size());
    for (String text : texts) data.writeUTF(text);
    data.flush();
  }

  @Override
  public void restore(InputStream snapshot) throws IOException {
    var data = new DataInputStream(snapshot);
    var texts = new ArrayList<String>();
    for (int left = data.readInt(); left > 0; left--) texts.add(data.readUTF());
    if (data.read() >= 0) throw new IOException("it goes on after its end");
    state.clear();
    state.addAll(texts);
    restores.incrementAndGet();
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
  static final class Outcome implements Proposal {
    final AtomicInteger applied = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    volatile Failure failure;

    void applied() {
      applied.incrementAndGet();
    }

    @Override
    public void failed(Failure reason) {
      failure = reason;
      failed.incrementAndGet();
    }

    boolean hasEnded() {
      return applied.get() + failed.get() > 0;
    }

    int endings() {
      return applied.get() + failed.get();
    }
  }
}
