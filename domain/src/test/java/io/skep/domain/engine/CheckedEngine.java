package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.engine.EngineFixture.Shared;
import io.skep.domain.engine.EngineFixture.Step;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/// An engine of which each turn is checked: the events alone give the same state again, the
/// invariants hold, and every few turns it goes on as one that was read from a snapshot.
final class CheckedEngine {
  private static final int TURNS_TO_SNAPSHOT = 3;

  private final int partitionId;
  private final int partitionCount;
  private final FakeResources resources;
  private final FaultPoints faults;
  private final MessageHistory messages;
  private final State replay;
  private final HistoryInvariants history;
  private final List<String> trace = new ArrayList<>();
  private final List<Outcome.Reply> replies = new ArrayList<>();
  private final List<Long> abandoned = new ArrayList<>();
  private Engine engine;
  private long seed = 1;
  private int maxFollowUps = Engine.MAX_FOLLOW_UPS;
  private int turns;

  /// A fault among follow-ups that an earlier turn has left costs a follow-up: there is nobody to
  /// try it again.
  private boolean lossless = true;

  CheckedEngine(int partitionId, int partitionCount, Shared shared) {
    this.resources = shared.resources();
    this.faults = shared.faults();
    this.messages = shared.messages();
    this.partitionId = partitionId;
    this.partitionCount = partitionCount;
    engine = new Engine(partitionId, partitionCount, resources, true);
    replay = new State(partitionId);
    history = new HistoryInvariants(partitionId);
  }

  Step process(Command command, long nowMs, long request) {
    Outcome outcome;
    try {
      outcome = engine.process(command, nowMs, seed++, request);
    } finally {
      faults.disarm();
    }
    var step =
        new Step(
            outcome.answer(),
            List.copyOf(outcome.events()),
            List.copyOf(outcome.availableJobTypes()),
            outcome.hasMail(),
            List.copyOf(outcome.records()),
            outcome.fault());
    replies.addAll(outcome.replies());
    abandoned.addAll(outcome.abandoned());
    trace.addAll(step.trace());
    replay.beginTurn();
    for (Event event : step.events()) {
      replay.apply(event);
      history.check(event, engine.nowMs());
      messages.check(event);
    }
    history.check(step.records());
    if (command instanceof ContinueFollowUps && step.fault() != null) lossless = false;
    check();
    if (++turns % TURNS_TO_SNAPSHOT == 0) restart();
    return step;
  }

  /// Runs a command into a bug, if it looks at a model often enough: then nothing may have changed.
  ///
  /// @param looks how many looks at a model go well
  Step processWithFault(Command command, int looks, long nowMs, long request) {
    long before = digest();
    long positionBefore = engine.position();
    faults.arm(looks);
    Step step = process(command, nowMs, request);
    if (step.fault() != null
        && !(command instanceof TriggerDue)
        && !(command instanceof ContinueFollowUps)) {
      assertRejected(Rejection.Reason.PROCESSING_ERROR, step.answer());
      assertEquals(List.of(), step.events());
      assertEquals(before, digest(), "undone");
      assertEquals(positionBefore, engine.position());
    }
    return step;
  }

  /// Cuts even small processes into many turns.
  void limitFollowUps(int maxFollowUps) {
    this.maxFollowUps = maxFollowUps;
    engine.limitFollowUps(maxFollowUps);
  }

  private void check() {
    StateInvariants.check(engine.state(), lossless);
    assertEquals(
        EngineSnapshot.digestOf(engine.state()), EngineSnapshot.digestOf(replay), "replay");
  }

  /// Goes on with an engine that was read from a snapshot of this one.
  void restart() {
    EngineSnapshot snapshot = EngineSnapshot.of(engine);
    Queue<byte[]> chunks = new ArrayDeque<>();
    snapshot.writeTo((bytes, length) -> chunks.add(Arrays.copyOf(bytes, length)));
    Engine read = EngineSnapshot.read(chunks::remove, partitionId, partitionCount, resources, true);
    assertEquals(snapshot.digest(), EngineSnapshot.of(read).digest(), "read from a snapshot");
    assertEquals(0, chunks.size());
    StateInvariants.check(read.state(), lossless);
    assertEquals(engine.nextDueAtMs(), read.nextDueAtMs());
    engine = read;
    engine.limitFollowUps(maxFollowUps);
  }

  Engine engine() {
    return engine;
  }

  boolean isLossless() {
    return lossless;
  }

  long digest() {
    return EngineSnapshot.digestOf(engine.state());
  }

  /// Answers to commands of earlier turns.
  List<Outcome.Reply> replies() {
    return replies;
  }

  /// Requests that will never be answered.
  List<Long> abandoned() {
    return abandoned;
  }

  /// All that has happened since this was last asked for.
  List<String> trace() {
    var lines = List.copyOf(trace);
    trace.clear();
    return lines;
  }
}
