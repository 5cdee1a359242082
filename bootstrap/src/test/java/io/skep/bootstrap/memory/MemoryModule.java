package io.skep.bootstrap.memory;

import dagger.Binds;
import dagger.Module;
import dagger.Provides;
import io.skep.adapter.sbe.codec.SbeLogCodec;
import io.skep.port.in.DiskSettings;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.DataDisk;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.OperatorLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.PartitionMetrics;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Scheduler;
import jakarta.inject.Singleton;

/// In place of all adapters that do I/O. The codec and the languages are functions and stay.
@Module
interface MemoryModule {
  @Binds
  PartitionLogs partitionLogs(MemoryLogs logs);

  @Binds
  Membership membership(MemoryCluster cluster);

  @Binds
  LogCodec logCodec(SbeLogCodec codec);

  @Binds
  Clock clock(Silence silence);

  @Binds
  Scheduler scheduler(Silence silence);

  @Binds
  OperatorLog operatorLog(Silence silence);

  @Binds
  RecordSink recordSink(Silence silence);

  @Binds
  PartitionMetrics partitionMetrics(Silence silence);

  @Binds
  GatewayMetrics gatewayMetrics(Silence silence);

  @Provides
  static DiskSettings diskSettings() {
    return DiskSettings.unwatched();
  }

  @Provides
  static DataDisk dataDisk() {
    return new DataDisk() {
      @Override
      public String directory() {
        return "memory";
      }

      @Override
      public long freeBytes() {
        throw new UnsupportedOperationException("nobody watches it");
      }
    };
  }

  @Provides
  @Singleton
  static BrokerClient brokerClient(MemoryCluster cluster, LogCodec codec) {
    return cluster.client(codec);
  }
}
