package io.skep.domain.engine;

import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.variable.VariableScope;
import io.skep.domain.expression.EvaluationContext;
import java.util.SplittableRandom;

/// What expressions see in a scope: its variables and those of the scopes around it, the inner ones
/// hiding the outer.
final class ScopeContext implements EvaluationContext {
  private final State state;
  private long scopeKey;
  private long nowMs;
  private long seed;
  private SplittableRandom random;

  ScopeContext(State state) {
    this.state = state;
  }

  void begin(long nowMs, long seed) {
    this.nowMs = nowMs;
    this.seed = seed;
    random = null;
  }

  ScopeContext of(long scopeKey) {
    this.scopeKey = scopeKey;
    return this;
  }

  @Override
  public byte[] variable(String name) {
    for (long key = scopeKey; key != 0; ) {
      VariableScope variables = state.variables().get(key);
      int i = variables == null ? -1 : variables.indexOf(name);
      if (i >= 0) return variables.value(i);
      ElementInstance instance = state.elements().get(key);
      key = instance == null ? 0 : instance.scopeKey();
    }
    return null;
  }

  @Override
  public long nowMs() {
    return nowMs;
  }

  @Override
  public long nextRandom() {
    if (random == null) random = new SplittableRandom(seed);
    return random.nextLong();
  }
}
