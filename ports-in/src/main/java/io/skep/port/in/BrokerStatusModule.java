package io.skep.port.in;

import dagger.Binds;
import dagger.Module;

/// How a broker is. Needs [PartitionStatuses], and what [DiskRoom] needs.
@Module
public interface BrokerStatusModule {
  @Binds
  NodeStatus nodeStatus(BrokerStatusUseCase useCase);
}
