package io.skep.domain.engine;

import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.json.JsonSyntaxException;

/// Makes an engine of what checkpoints have stored: the newest head, then every aggregate in force
/// once, in any order. All but process definitions are left where they are; the indexes learn of
/// them.
public final class EngineRestore {
  private final Engine engine;
  private final StateContents contents;
  private final Aggregates aggregates;

  /// @param engine as new
  /// @param archive where everything is that has been stored and will be
  /// @throws CorruptStateException if it is not the state of this partition, or in a format that is
  ///   too new or too old to be read
  public EngineRestore(Engine engine, byte[] head, ProcessReader reader, Archive archive) {
    this.engine = engine;
    State state = engine.state();
    contents = state.contents();
    aggregates = state.aggregates();
    aggregates.use(archive);
    state.beginTurn();
    state.processes().use(reader);
    contents.restoring();
    guarded(() -> StateHead.read(head, engine));
  }

  /// @param place where it is
  /// @throws CorruptStateException if it cannot be read, or does not fit to the rest
  public void aggregate(long key, long place, byte[] bytes) {
    guarded(
        () -> {
          engine.state().beginTurn();
          Aggregate aggregate = aggregates.restore(key, place, bytes);
          contents.index(aggregate);
          if (aggregate.kind() == Kind.DEFINITION) aggregates.stay(aggregate);
          else aggregates.leave(aggregate);
        });
  }

  /// All were given.
  ///
  /// @throws CorruptStateException if something is missing
  public Engine end() {
    State state = engine.state();
    guarded(
        () -> {
          contents.restored();
          state.beginTurn();
          state.startSubscriptions().restored(state.processes());
        });
    state.jobs().indexed();
    state.beginTurn();
    return engine;
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (IndexOutOfBoundsException
        | NullPointerException
        | IllegalStateException
        | ClassCastException
        | JsonSyntaxException e) {
      throw new CorruptStateException(
          "Expected the state of partition %d, but its parts do not fit together: %s"
              .formatted(engine.state().partitionId(), e),
          e);
    }
  }
}
