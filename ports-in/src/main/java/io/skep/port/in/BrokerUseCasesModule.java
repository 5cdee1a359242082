package io.skep.port.in;

import dagger.Binds;
import dagger.Module;

/// What a broker offers. Needs [PartitionSettings] and the ports PartitionLogs, LogCodec, BrokerClient, Membership,
/// Scheduler, Clock, PartitionMetrics, RecordSink and OperatorLog, and the languages' ProcessReader.
@Module(includes = BrokerStatusModule.class)
public interface BrokerUseCasesModule {
  @Binds
  Node node(BrokerUseCase useCase);

  @Binds
  PartitionCommands partitionCommands(BrokerUseCase useCase);

  @Binds
  PartitionStatuses partitionStatuses(BrokerUseCase useCase);
}
