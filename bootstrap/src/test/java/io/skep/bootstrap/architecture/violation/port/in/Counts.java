package io.skep.bootstrap.architecture.violation.port.in;

import io.micrometer.core.instrument.Counter;

final class Counts {
  void count(Counter counter) {
    counter.increment();
  }
}
