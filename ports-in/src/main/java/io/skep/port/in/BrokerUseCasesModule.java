package io.skep.port.in;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.skep.domain.expression.ProcessReader;
import io.skep.port.out.Clock;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/// What a broker offers. Needs [PartitionSettings], [DiskSettings] and the ports PartitionLogs,
/// LogCodec, BrokerClient, Membership, Scheduler, Clock, PartitionMetrics, RecordSink, DataDisk and
/// OperatorLog, and the languages' ProcessReader.
@Module(includes = BrokerStatusModule.class)
public interface BrokerUseCasesModule {
  @Binds
  Node node(BrokerUseCase useCase);

  @Binds
  PartitionCommands partitionCommands(BrokerUseCase useCase);

  @Binds
  PartitionStatuses partitionStatuses(BrokerUseCase useCase);

  @Binds
  DiskRoom diskRoom(DiskRoomUseCase useCase);

  @Binds
  ClusterPlan clusterPlan(BrokerUseCase useCase);

  @Provides
  @Singleton
  static PartitionEnvironment environment(
      PartitionSettings settings,
      ProcessReader reader,
      LogCodec codec,
      Clock clock,
      Scheduler scheduler,
      Membership membership,
      Provider<LeaderCalls> leaders,
      PartitionMetrics metrics,
      RecordSink records,
      DiskRoomUseCase disk,
      OperatorLog log) {
    return new PartitionEnvironment(
        settings,
        reader,
        codec,
        clock,
        scheduler,
        membership,
        leaders,
        metrics,
        records,
        disk,
        log);
  }
}
