package io.skep.domain.engine.instance;

import io.skep.domain.engine.store.Row;
import java.util.List;

/// Somebody who waits for an instance to complete. Never changes.
public final class AwaitedResult extends Row {
  private final long request;
  private final List<String> fetchVariables;

  AwaitedResult(long request, List<String> fetchVariables) {
    this.request = request;
    this.fetchVariables = fetchVariables;
  }

  @Override
  protected AwaitedResult copy() {
    return new AwaitedResult(request, fetchVariables);
  }

  public long request() {
    return request;
  }

  /// Empty for all root variables.
  public List<String> fetchVariables() {
    return fetchVariables;
  }
}
