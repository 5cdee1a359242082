package io.skep.bootstrap.config;

import java.util.ArrayList;
import java.util.List;

/// Lists put together.
final class Lists {
  private Lists() {}

  @SafeVarargs
  static <T> List<T> concat(List<? extends T>... lists) {
    var all = new ArrayList<T>();
    for (List<? extends T> list : lists) all.addAll(list);
    return List.copyOf(all);
  }
}
