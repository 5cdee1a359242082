package io.skep.bootstrap;

import dagger.Binds;
import dagger.Module;
import io.skep.port.out.Clock;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.Scheduler;

/// What the JVM itself offers.
@Module
interface SystemModule {
  @Binds
  Clock clock(SystemClock clock);

  @Binds
  Scheduler scheduler(ThreadScheduler scheduler);

  @Binds
  OperatorLog operatorLog(LoggedOperatorLog log);
}
