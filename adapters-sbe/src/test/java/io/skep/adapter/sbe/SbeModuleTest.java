package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dagger.BindsInstance;
import dagger.Component;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.LogCodec;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

class SbeModuleTest {

  @Test
  void shouldServeAProcessWithoutABroker() {
    // given
    var settings =
        CommandApiSettings.of(
            "test", "gateway", CommandApiSettings.NO_BROKER, "127.0.0.1", 0, 4 << 20);

    // when
    GatewaySide gateway = DaggerSbeModuleTest_GatewaySide.factory().create(settings);

    // then
    assertNotNull(gateway.brokerClient());
    assertNotNull(gateway.logCodec());
    gateway.client().stop();
  }

  @Test
  void shouldServeABroker() {
    // given
    var settings = CommandApiSettings.of("test", "0", 0, "127.0.0.1", 0, 4 << 20);

    // when
    BrokerSide broker =
        DaggerSbeModuleTest_BrokerSide.factory().create(settings, new FakePartitions());

    // then
    assertNotNull(broker.server());
    assertNotNull(broker.client());
    broker.client().stop();
  }

  @Singleton
  @Component(modules = SbeModule.class)
  interface GatewaySide {
    BrokerClient brokerClient();

    CommandApiClient client();

    LogCodec logCodec();

    @Component.Factory
    interface Factory {
      GatewaySide create(@BindsInstance CommandApiSettings settings);
    }
  }

  @Singleton
  @Component(modules = SbeModule.class)
  interface BrokerSide {
    CommandApiServer server();

    CommandApiClient client();

    @Component.Factory
    interface Factory {
      BrokerSide create(
          @BindsInstance CommandApiSettings settings, @BindsInstance PartitionCommands partitions);
    }
  }
}
