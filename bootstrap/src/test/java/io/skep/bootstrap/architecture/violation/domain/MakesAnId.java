package io.skep.bootstrap.architecture.violation.domain;

import java.util.UUID;

final class MakesAnId {
  String id() {
    return UUID.randomUUID().toString();
  }
}
