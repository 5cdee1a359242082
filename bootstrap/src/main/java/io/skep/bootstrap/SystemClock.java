package io.skep.bootstrap;

import io.skep.port.out.Clock;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

@Singleton
final class SystemClock implements Clock {
  @Inject
  SystemClock() {}

  @Override
  public long nowMs() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
