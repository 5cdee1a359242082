package io.skep.bootstrap.architecture.violation.domain;

import java.util.List;
import java.util.SplittableRandom;

/// Breaks no rule.
final class Innocent {
  long roll(SplittableRandom random, List<Long> from) {
    return from.get(random.nextInt(from.size()));
  }
}
