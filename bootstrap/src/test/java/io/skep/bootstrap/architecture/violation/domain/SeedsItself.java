package io.skep.bootstrap.architecture.violation.domain;

import java.util.SplittableRandom;

final class SeedsItself {
  int dice() {
    return new SplittableRandom().nextInt(6);
  }
}
