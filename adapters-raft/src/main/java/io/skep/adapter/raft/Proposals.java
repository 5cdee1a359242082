package io.skep.adapter.raft;

import io.skep.port.out.PartitionLog.Failure;
import io.skep.port.out.PartitionLog.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/// What this member has proposed and what has not ended yet. Several may tell that a proposal has
/// ended (the apply thread, Ratis' reply, the loss of the lead, the watchdog, the end of the
/// partition): the first one counts.
final class Proposals {
  private final Map<Long, Pending> inFlight = new ConcurrentSkipListMap<>();
  private final AtomicLong callIds = new AtomicLong();
  private final ConcurrentLinkedQueue<Long> replied = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  Pending begin(byte[] content, Proposal proposal) {
    var pending = new Pending(callIds.incrementAndGet(), content, proposal);
    inFlight.put(pending.callId, pending);
    // After it is among those in flight, so that close either sees it or is seen.
    if (closed) pending.fail(Failure.REFUSED);
    return pending;
  }

  /// Call ids that Ratis need not remember any more.
  List<Long> forgettable() {
    var ids = new ArrayList<Long>();
    for (Long id = replied.poll(); id != null; id = replied.poll()) ids.add(id);
    return ids;
  }

  void failAll(Failure failure) {
    inFlight.values().forEach(pending -> pending.fail(failure));
  }

  /// Fails what is in flight and whatever comes later.
  void close() {
    closed = true;
    failAll(Failure.LEAD_LOST);
  }

  /// When the oldest proposal in flight was made, by [System#nanoTime]; `now` if there is none.
  long oldestSince(long now) {
    for (Pending pending : inFlight.values()) return pending.sinceNanos;
    return now;
  }

  /// A proposal on its way through Ratis, which hands it back when it applies the entry, unless the
  /// lead was lost.
  final class Pending implements Message {
    private final long callId;
    private final byte[] content;
    private final Proposal proposal;
    private final long sinceNanos = System.nanoTime();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private volatile boolean appended;

    private Pending(long callId, byte[] content, Proposal proposal) {
      this.callId = callId;
      this.content = content;
      this.proposal = proposal;
    }

    long callId() {
      return callId;
    }

    byte[] content() {
      return content;
    }

    boolean hasEnded() {
      return hasEnded.get();
    }

    /// It is about to be written: from now on nobody knows whether it is committed.
    void appended() {
      appended = true;
    }

    /// @return the proposal for [io.skep.port.out.Replica#apply], or `null` if it has failed before
    Proposal applied() {
      return end() ? proposal : null;
    }

    void fail(Failure failure) {
      if (end()) proposal.failed(failure);
    }

    void fail(Throwable cause) {
      if (appended) fail(Failure.LEAD_LOST);
      else if (cause instanceof ResourceUnavailableException) fail(Failure.OVERLOADED);
      else fail(Failure.REFUSED);
    }

    /// Ratis has replied to it. Before, it would only remember the number anew.
    void replied() {
      replied.add(callId);
    }

    private boolean end() {
      if (!hasEnded.compareAndSet(false, true)) return false;
      inFlight.remove(callId);
      return true;
    }

    @Override
    public ByteString getContent() {
      return UnsafeByteOperations.unsafeWrap(content);
    }
  }
}
