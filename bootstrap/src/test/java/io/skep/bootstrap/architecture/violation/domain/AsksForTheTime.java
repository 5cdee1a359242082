package io.skep.bootstrap.architecture.violation.domain;

final class AsksForTheTime {
  long now() {
    return System.currentTimeMillis();
  }
}
