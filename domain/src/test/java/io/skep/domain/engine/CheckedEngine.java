package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.engine.EngineFixture.Shared;
import io.skep.domain.engine.EngineFixture.Step;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Presence;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import java.util.ArrayList;
import java.util.List;

/// An engine of which each turn is checked: the events alone give the same state again, the
/// invariants hold, and every few turns a checkpoint is taken, everything leaves memory, and it
/// starts anew.
final class CheckedEngine {
  private final int partitionId;
  private final int partitionCount;
  private final FakeResources resources;
  private final FaultPoints faults;
  private final MessageHistory messages;
  private final Fingerprints fingerprints;
  private final State replay;
  private final HistoryInvariants history;
  private final List<String> trace = new ArrayList<>();
  private final List<Outcome.Reply> replies = new ArrayList<>();
  private final List<Long> abandoned = new ArrayList<>();
  private Engine engine;
  private long seed = 1;
  private int maxFollowUps = Engine.MAX_FOLLOW_UPS;
  private final CheckpointMemory checkpoints = new CheckpointMemory();
  private long digestAtCheckpoint;
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
    fingerprints = shared.fingerprints();
    engine = newEngine();
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
    goOn();
    return step;
  }

  /// Runs a command into a bug, if it looks at a model often enough: then nothing may have changed.
  ///
  /// @param looks how many looks at a model go well
  Step processWithFault(Command command, int looks, long nowMs, long request) {
    long before = digest();
    long positionBefore = engine.position();
    // What is read back looks at the model, too.
    Presence.bringAllBack(engine.state().aggregates());
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

  /// All of it in memory.
  State state() {
    Presence.bringAllBack(engine.state().aggregates());
    return engine.state();
  }

  private void check() {
    StateInvariants.check(state(), lossless);
    assertEquals(EngineDigest.of(engine.state()), EngineDigest.of(replay), "replay");
  }

  /// Over some turns, a checkpoint begins, is given a part, and is stored or fails; what has not
  /// changed then is no longer in memory; and after that the engine starts anew.
  private void goOn() {
    switch (++turns % 5) {
      case 1 -> {
        digestAtCheckpoint = EngineDigest.of(engine);
        checkpoints.begin(engine);
      }
      case 2 -> {
        if (checkpoints.isOpen()) checkpoints.takeSome();
      }
      case 3 -> {
        if (!checkpoints.isOpen()) return;
        if (turns % 2 == 0) checkpoints.finish();
        else checkpoints.fail();
        if (turns % 2 == 0) assertEquals(digestAtCheckpoint, EngineDigest.of(restored()), "as of");
      }
      case 0 -> restart();
      default -> {}
    }
  }

  /// Goes on with an engine that was restored from a checkpoint of this one.
  void restart() {
    if (checkpoints.isOpen()) checkpoints.finish();
    checkpoints.begin(engine);
    checkpoints.finish();
    Engine restored = restored();
    assertEquals(EngineDigest.of(engine), EngineDigest.of(restored), "restored");
    assertEquals(engine.nextDueAtMs(), restored.nextDueAtMs());
    engine = restored;
    engine.limitFollowUps(maxFollowUps);
  }

  private Engine restored() {
    return checkpoints.restore(newEngine(), resources);
  }

  private Engine newEngine() {
    return new Engine(new State(partitionId, fingerprints), partitionCount, resources, true);
  }

  Engine engine() {
    return engine;
  }

  boolean isLossless() {
    return lossless;
  }

  long digest() {
    return EngineDigest.of(engine.state());
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
