package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.port.out.Clock;
import io.skep.port.out.PartitionLog;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads bring commands while the lead comes and goes: everybody is told once.
class SequencerStressTest {
  private static final int CLIENTS = 4;
  private static final int COMMANDS = 5_000;
  private static final int BURST = 50;

  private final FakeCodec codec = new FakeCodec();
  private final Sequencer sequencer =
      new Sequencer(
          1, codec, new StillClock(), new InFlightLimit(LimitSettings.fixed(100_000)), () -> true);
  private final ThreadedLog log = new ThreadedLog();
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  @Timeout(60)
  void shouldTellEverybodyOnceWhoeverLeads() throws Exception {
    // given
    sequencer.use(log);
    log.lead(true);
    sequencer.lead(1, 0);
    var clients = new ArrayList<Thread>();
    var askers = new ArrayList<Asker[]>();
    for (int c = 0; c < CLIENTS; c++) {
      var mine = new Asker[COMMANDS];
      askers.add(mine);
      clients.add(Thread.ofPlatform().start(() -> submitAll(mine)));
    }
    Thread applier = Thread.ofPlatform().start(this::applyAll);
    Thread elections = Thread.ofPlatform().start(this::comeAndGo);

    // when
    for (Thread client : clients) client.join();
    done.set(true);
    elections.join();
    applier.join();

    // then
    for (Asker[] mine : askers) for (Asker asker : mine) asker.reply();
    assertEquals(0, sequencer.inFlight());
    assertTrue(log.applied > 0, "nothing went through the log");
  }

  private void submitAll(Asker[] askers) {
    byte[] encoded = codec.encode(new ResolveIncident(1), 100);
    for (int i = 0; i < askers.length; i++) {
      askers[i] = new Asker();
      sequencer.submit(new Pending(new ResolveIncident(i), encoded, null, askers[i], true, 0));
      if (i % BURST == 0) Thread.yield();
    }
  }

  /// The log's thread: commits and applies what was proposed.
  private void applyAll() {
    while (!done.get() || !log.isEmpty()) {
      PartitionLog.Proposal own = log.take();
      if (own == null) {
        LockSupport.parkNanos(10_000);
        continue;
      }
      var batch = (Sequencer.Batch) own;
      for (Pending pending : batch.commands) pending.answer(new Answer.Done(1));
      sequencer.applied();
      sequencer.answered(batch);
    }
  }

  private void comeAndGo() {
    long term = 1;
    while (!done.get()) {
      LockSupport.parkNanos(200_000);
      log.lead(false);
      sequencer.follow();
      log.failAll();
      LockSupport.parkNanos(50_000);
      log.lead(true);
      sequencer.lead(++term, 0);
    }
  }

  /// A log of one member that refuses what it gets while it does not lead.
  private static final class ThreadedLog implements PartitionLog {
    private final Queue<Proposal> underWay = new ConcurrentLinkedQueue<>();
    private boolean leads;
    private volatile int applied;

    synchronized void lead(boolean leads) {
      this.leads = leads;
    }

    boolean isEmpty() {
      return underWay.isEmpty();
    }

    Proposal take() {
      Proposal next = underWay.poll();
      if (next != null) applied++;
      return next;
    }

    void failAll() {
      for (Proposal next; (next = underWay.poll()) != null; ) next.failed(Failure.LEAD_LOST);
    }

    @Override
    public void propose(byte[] content, Proposal proposal) {
      synchronized (this) {
        if (leads) {
          underWay.add(proposal);
          return;
        }
      }
      proposal.failed(Failure.REFUSED);
    }

    @Override
    public int maxEntryBytes() {
      return 64 * 1024;
    }

    @Override
    public int leader() {
      return -1;
    }

    @Override
    public Progress progress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static final class StillClock implements Clock {
    @Override
    public long nowMs() {
      return 1;
    }

    @Override
    public long nanoTime() {
      return 1;
    }
  }
}
