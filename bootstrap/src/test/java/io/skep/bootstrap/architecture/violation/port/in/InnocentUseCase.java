package io.skep.bootstrap.architecture.violation.port.in;

import io.skep.bootstrap.architecture.violation.port.out.Port;
import jakarta.inject.Inject;

final class InnocentUseCase implements InnocentPort {
  private final Port port;

  @Inject
  InnocentUseCase(Port port) {
    this.port = port;
  }

  void run() {
    port.call();
  }
}
