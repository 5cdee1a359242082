package io.skep.port.in;

import io.skep.domain.engine.EngineCheckpoint;
import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/// A checkpoint of an engine that goes on: takes the engine's lock for a moment at a time, and
/// never holds it while something is written.
final class ReplicaCheckpoint implements Checkpoint {
  /// How long the engine may be held up at once. An aggregate is never divided, so a very large one
  /// takes longer.
  private static final long SLICE_NANOS = 300_000;

  /// How much is held in memory at once, in bytes.
  private static final int SLICE_BYTES = 1 << 18;

  /// Looking at the clock costs more than some of the steps.
  private static final int STEPS_BETWEEN_LOOKS = 16;

  private final EngineCheckpoint checkpoint;
  private final EngineTurns turns;
  private final Clock clock;
  private final int residentLimit;
  private final Runnable ended;
  private final List<Given> slice = new ArrayList<>();
  private int sliceBytes;

  private record Given(long key, byte[] bytes) {}

  /// @param residentLimit how many aggregates may stay in memory
  /// @param ended called when it is stored, with the lock held
  ReplicaCheckpoint(
      EngineCheckpoint checkpoint,
      EngineTurns turns,
      Clock clock,
      int residentLimit,
      Runnable ended) {
    this.checkpoint = checkpoint;
    this.turns = turns;
    this.clock = clock;
    this.residentLimit = residentLimit;
    this.ended = ended;
  }

  @Override
  public byte[] head() {
    return checkpoint.head();
  }

  @Override
  public long[] ended() {
    return checkpoint.ended();
  }

  @Override
  public boolean next(RecordSink sink) {
    sliceBytes = 0;
    boolean more = forAWhile(() -> checkpoint.give(this::keep) && sliceBytes < SLICE_BYTES);
    for (Given given : slice) sink.accept(given.key, given.bytes, given.bytes.length);
    slice.clear();
    return more || sliceBytes >= SLICE_BYTES;
  }

  private void keep(long key, byte[] bytes, int length) {
    slice.add(new Given(key, Arrays.copyOf(bytes, length)));
    sliceBytes += length;
  }

  /// Repeats a step until there is none left, or it is time to let others do something.
  ///
  /// @return whether there may be more
  private boolean forAWhile(BooleanSupplier step) {
    return turns.step(
        () -> {
          long startNanos = clock.nanoTime();
          do {
            for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) if (!step.getAsBoolean()) return false;
          } while (clock.nanoTime() - startNanos < SLICE_NANOS);
          return true;
        });
  }

  @Override
  public boolean isInForce(long key, long place) {
    boolean[] isInForce = {false};
    // Too short and too often to be measured.
    turns.inTurn(() -> isInForce[0] = checkpoint.isInForce(key, place));
    return isInForce[0];
  }

  @Override
  public void stored(long[] keys, long[] places, int count) {
    int[] next = {0};
    while (forAWhile(() -> next[0] < count && tell(keys, places, next[0]++))) {}
    once(checkpoint::end);
    while (forAWhile(() -> checkpoint.leaveOne(residentLimit))) {}
    once(ended);
  }

  private void once(Runnable step) {
    turns.step(
        () -> {
          step.run();
          return false;
        });
  }

  private boolean tell(long[] keys, long[] places, int i) {
    checkpoint.stored(keys[i], places[i]);
    return true;
  }

  @Override
  public void failed() {
    once(checkpoint::failed);
  }
}
