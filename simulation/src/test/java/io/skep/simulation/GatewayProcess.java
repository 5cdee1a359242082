package io.skep.simulation;

import dagger.BindsInstance;
import dagger.Component;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.GatewayUseCasesModule;
import io.skep.port.in.JobActivation;
import io.skep.port.in.JobStreaming;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.Membership;
import io.skep.port.out.NoMetrics;
import io.skep.port.out.Scheduler;
import jakarta.inject.Singleton;

/// A gateway from its start to its crash.
final class GatewayProcess {
  final int number;
  final Machine machine;
  final Member member;
  final SimulatedClient client;
  final CommandGateway commands;
  final JobActivation jobs;
  final JobStreaming streams;

  @Singleton
  @Component(modules = GatewayUseCasesModule.class, dependencies = Ports.class)
  interface Gateway {
    CommandGateway commands();

    JobActivation jobs();

    JobStreaming streams();

    @Component.Factory
    interface Factory {
      Gateway create(Ports ports, @BindsInstance GatewaySettings settings);
    }
  }

  /// What it has in place of all adapters.
  record Ports(
      Clock clock,
      Scheduler scheduler,
      Membership membership,
      BrokerClient brokers,
      GatewayMetrics metrics) {}

  GatewayProcess(int number, Machine machine, Member member, Cluster cluster) {
    this.number = number;
    this.machine = machine;
    this.member = member;
    this.client = new SimulatedClient(machine, cluster);
    var ports =
        new Ports(machine, machine, Plants.membership(member, cluster), client, NoMetrics.create());
    Gateway gateway = DaggerGatewayProcess_Gateway.factory().create(ports, Cluster.GATEWAY);
    commands = gateway.commands();
    jobs = gateway.jobs();
    streams = gateway.streams();
  }

  boolean isUp() {
    return machine.isUp();
  }
}
