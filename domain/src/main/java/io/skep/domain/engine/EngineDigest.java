package io.skep.domain.engine;

import io.skep.domain.engine.store.Aggregates;

/// A hash over all that an engine holds, in memory or not: equal for equal states. Looks at
/// everything.
public final class EngineDigest {
  private EngineDigest() {}

  public static long of(Engine engine) {
    return of(engine.state(), engine.position(), engine.nowMs());
  }

  /// A hash over what a state holds, without the engine's position and time: what events alone must
  /// give again.
  static long of(State state) {
    return of(state, 0, 0);
  }

  private static long of(State state, long position, long nowMs) {
    long hash = add(0xcbf29ce484222325L, StateHead.of(state, position, nowMs).toBytes());
    Aggregates aggregates = state.aggregates();
    for (long key : aggregates.sortedKeys()) hash = add(hash ^ key, aggregates.bytesOf(key));
    return hash;
  }

  private static long add(long hash, byte[] bytes) {
    for (byte b : bytes) hash = (hash ^ b & 0xFF) * 0x100000001b3L;
    return (hash ^ bytes.length) * 0x100000001b3L;
  }
}
