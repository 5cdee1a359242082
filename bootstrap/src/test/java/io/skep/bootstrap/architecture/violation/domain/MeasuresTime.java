package io.skep.bootstrap.architecture.violation.domain;

final class MeasuresTime {
  long now() {
    return System.nanoTime();
  }
}
