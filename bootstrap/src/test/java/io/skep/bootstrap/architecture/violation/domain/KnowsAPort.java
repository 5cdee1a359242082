package io.skep.bootstrap.architecture.violation.domain;

import io.skep.bootstrap.architecture.violation.port.out.Port;

final class KnowsAPort {
  void use(Port port) {
    port.call();
  }
}
