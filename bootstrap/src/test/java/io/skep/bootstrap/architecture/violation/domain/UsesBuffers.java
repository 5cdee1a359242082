package io.skep.bootstrap.architecture.violation.domain;

import org.agrona.concurrent.UnsafeBuffer;

final class UsesBuffers {
  int length(UnsafeBuffer buffer) {
    return buffer.capacity();
  }
}
