package io.skep.bootstrap.architecture.violation.port.out;

import jakarta.inject.Inject;

final class IsInjected {
  @Inject
  IsInjected() {}
}
