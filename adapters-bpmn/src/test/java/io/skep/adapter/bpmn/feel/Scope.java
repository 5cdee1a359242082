package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Variables from JSON text, a fixed time and a seed.
public final class Scope implements EvaluationContext {
  public static final long NOW_MS = 1_764_000_000_123L;

  private final JsonObject variables;
  private final SplittableRandom random;

  private Scope(JsonObject variables, long seed) {
    this.variables = variables;
    this.random = new SplittableRandom(seed);
  }

  public static Scope of(String json) {
    return of(json, 7);
  }

  public static Scope of(String json, long seed) {
    return new Scope(JsonObject.parse(json.getBytes(StandardCharsets.UTF_8)), seed);
  }

  @Override
  public byte[] variable(String name) {
    int i = variables.indexOf(name);
    return i < 0 ? null : variables.value(i);
  }

  @Override
  public long nowMs() {
    return NOW_MS;
  }

  @Override
  public long nextRandom() {
    return random.nextLong();
  }
}
