package io.skep.bootstrap.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dagger.BindsInstance;
import dagger.Component;
import io.skep.adapter.bpmn.BpmnModule;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.json.JsonObject;
import io.skep.port.in.BrokerUseCasesModule;
import io.skep.port.in.CommandGateway;
import io.skep.port.in.GatewaySettings;
import io.skep.port.in.GatewayStatusModule;
import io.skep.port.in.GatewayUseCasesModule;
import io.skep.port.in.Node;
import io.skep.port.in.NodeStatus;
import io.skep.port.in.PartitionCommands;
import io.skep.port.in.PartitionSettings;
import io.skep.port.in.StartProgress;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Both roles with every adapter that does I/O replaced: the use cases need none of the real ones.
class WiringTest {
  private static final String MODEL =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
        <process id="empty" isExecutable="true">
          <startEvent id="start"/>
          <sequenceFlow id="flow" sourceRef="start" targetRef="end"/>
          <endEvent id="end"/>
        </process>
      </definitions>
      """;

  private final MemoryCluster cluster = new MemoryCluster(2);
  private final BrokerInMemory broker =
      DaggerWiringTest_BrokerInMemory.factory()
          .create(
              cluster,
              new PartitionSettings(0, 1, 2, 1, 100, Duration.ofSeconds(1)),
              GatewaySettings.defaults());
  private final GatewayInMemory gateway =
      DaggerWiringTest_GatewayInMemory.factory().create(cluster, GatewaySettings.defaults());

  @Singleton
  @Component(
      modules = {
        MemoryModule.class,
        BpmnModule.class,
        BrokerUseCasesModule.class,
        GatewayUseCasesModule.class
      })
  interface BrokerInMemory {
    Node node();

    NodeStatus status();

    PartitionCommands partitions();

    CommandGateway gateway();

    StartProgress progress();

    @Component.Factory
    interface Factory {
      BrokerInMemory create(
          @BindsInstance MemoryCluster cluster,
          @BindsInstance PartitionSettings partitions,
          @BindsInstance GatewaySettings gateway);
    }
  }

  @Singleton
  @Component(modules = {MemoryModule.class, GatewayUseCasesModule.class, GatewayStatusModule.class})
  interface GatewayInMemory {
    NodeStatus status();

    CommandGateway gateway();

    StartProgress progress();

    @Component.Factory
    interface Factory {
      GatewayInMemory create(
          @BindsInstance MemoryCluster cluster, @BindsInstance GatewaySettings gateway);
    }
  }

  @BeforeEach
  void start() throws Exception {
    cluster.join(broker.partitions());
    assertFalse(broker.status().readiness().isUp());
    assertFalse(gateway.status().readiness().isUp());
    broker.node().start();
    broker.progress().finish();
    gateway.progress().finish();
    awaitLeaders();
  }

  @AfterEach
  void stop() {
    broker.node().stop();
  }

  private void awaitLeaders() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (cluster.topology().leaderOf(1) == null || cluster.topology().leaderOf(2) == null) {
      assertTrue(System.nanoTime() < deadline, "no leader");
      Thread.sleep(5);
    }
  }

  @Test
  void shouldRunAProcessThroughTheEmbeddedGateway() throws Exception {
    deployAndCreate(broker.gateway());
  }

  @Test
  void shouldRunAProcessThroughAGatewayOfItsOwn() throws Exception {
    deployAndCreate(gateway.gateway());
  }

  @Test
  void shouldBeReadyInBothRolesOncePartitionsAreLed() {
    assertTrue(broker.status().readiness().isUp());
    assertTrue(gateway.status().readiness().isUp());
    assertEquals(2, broker.status().partitions().size());
    assertEquals(0, gateway.status().partitions().size());
  }

  private static void deployAndCreate(CommandGateway gateway) throws Exception {
    // given
    var resource = new Resource("empty.bpmn", MODEL.getBytes(UTF_8));

    // when
    Answer deployed = answer(gateway, new DeployResources(List.of(resource), "<default>"));
    Answer created =
        answer(
            gateway,
            new CreateProcessInstance("empty", -1, -1, JsonObject.empty(), null, "<default>"));

    // then
    assertInstanceOf(Answer.ResourcesDeployed.class, deployed);
    var instance = assertInstanceOf(Answer.InstanceCreated.class, created);
    assertEquals("empty", instance.bpmnProcessId());
    assertEquals(1, instance.version());
  }

  private static Answer answer(CommandGateway gateway, Command command) throws Exception {
    var reply = new CompletableFuture<Reply>();
    gateway.send(command, 20_000, reply::complete);
    return assertInstanceOf(Answered.class, reply.get(30, TimeUnit.SECONDS)).answer();
  }
}
