package io.skep.adapter.sbe;

import dagger.Binds;
import dagger.BindsOptionalOf;
import dagger.Module;
import io.skep.adapter.sbe.codec.SbeLogCodec;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.LogCodec;

/// The Command API. Expects [CommandApiSettings]; on a broker also [PartitionCommands], without
/// which [CommandApiServer] cannot be had and every command goes over the network.
@Module
public interface SbeModule {

  @Binds
  LogCodec logCodec(SbeLogCodec codec);

  @Binds
  BrokerClient brokerClient(CommandApiClient client);

  @BindsOptionalOf
  PartitionCommands partitionCommands();
}
