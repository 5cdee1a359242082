package io.skep.adapter.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Meters by the value of a label that comes from outside, such as a job's type. Each meter is made
/// once and found by one look-up from then on. After so many values all further ones share a meter:
/// a label without bound fills the memory of this process and of whoever scrapes it.
final class BoundedMeters<M> {
  static final String OTHER = "other";

  private final int limit;
  private final Function<String, M> create;
  private final ConcurrentHashMap<String, M> byLabel = new ConcurrentHashMap<>();
  private M other;

  /// @param limit how many values get a meter of their own, 1 or more
  BoundedMeters(int limit, Function<String, M> create) {
    this.limit = limit;
    this.create = create;
  }

  M of(String label) {
    M meter = byLabel.get(label);
    return meter != null ? meter : first(label);
  }

  private synchronized M first(String label) {
    if (byLabel.size() < limit) return byLabel.computeIfAbsent(label, create);
    M known = byLabel.get(label);
    if (known != null) return known;
    if (other == null) other = create.apply(OTHER);
    return other;
  }
}
