package io.skep.domain.engine.deployment;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.outbox.Mailbox;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private final EngineFixture first = new EngineFixture(1, 3);

  private final Resource file =
      first.file("order.bpmn", ModelBuilder.process("order").start("start").end("end").build());

  @Test
  void shouldAnswerOnceEveryPartitionHasIt() {
    // when
    EngineFixture.Step step = deploy();

    // then
    assertNull(step.answer());
    assertTrue(step.hasMail());

    // when
    acknowledge(2, 1);

    // then
    assertEquals(List.of(), first.replies());

    // when
    acknowledge(3, 1);

    // then
    var answer =
        assertInstanceOf(Answer.ResourcesDeployed.class, first.replies().getFirst().answer());
    assertEquals(1, first.replies().getFirst().request());
    assertEquals("order", answer.processes().getFirst().bpmnProcessId());
    first.assertNothingLeft();
  }

  @Test
  void shouldSendLargeFilesOneByOne() {
    // given: three processes in a file that is read as something large
    var models = new ArrayList<ProcessModel>();
    for (String id : List.of("a", "b", "c"))
      models.add(ModelBuilder.process(id).start("start").end("end").build());
    Resource large =
        first.largeFile(
            "all.bpmn", Deployments.MESSAGE_BYTES / 2, models.toArray(ProcessModel[]::new));

    // when
    first.process(new DeployResources(List.of(large), TENANT));

    // then
    Mailbox mailbox = first.state().mailboxes().get(2);
    assertEquals(2, mailbox.unacknowledgedCount());
    assertEquals(2, ((DistributeDeployment) mailbox.unacknowledged(0)).processes().size());
    assertEquals(1, ((DistributeDeployment) mailbox.unacknowledged(1)).processes().size());

    // when
    acknowledge(2, 1);
    acknowledge(3, 2);

    // then
    assertEquals(List.of(), first.replies());

    // when
    acknowledge(2, 2);

    // then
    var answer =
        assertInstanceOf(Answer.ResourcesDeployed.class, first.replies().getFirst().answer());
    assertEquals(3, answer.processes().size());
    for (DeployedProcess process : answer.processes())
      assertEquals(0, process.resource().content().length, "nobody asked for the file");
  }

  @Test
  void shouldAnswerAfterAWhileEvenIfAPartitionCannotBeReached() {
    // given
    deploy();
    acknowledge(2, 1);

    // when
    first.pass(Duration.ofMillis(Distributions.MAX_WAIT_MS - 1));

    // then
    assertEquals(0, first.replies().size());

    // when
    first.pass(Duration.ofMillis(1));

    // then
    assertEquals(1, first.replies().size());
    assertEquals(1, first.state().mailboxes().get(3).unacknowledgedCount());

    // when
    acknowledge(3, 1);

    // then
    assertEquals(1, first.replies().size(), "answered once");
  }

  @Test
  void shouldAnswerSeveralDeploymentsByOneAcknowledgement() {
    // given
    deploy();
    deploy();
    acknowledge(2, 2);

    // when
    acknowledge(3, 2);

    // then
    assertEquals(List.of(1L, 2L), first.replies().stream().map(reply -> reply.request()).toList());
    first.assertNothingLeft();
  }

  @Test
  void shouldRunOnOtherPartitionsUnderTheSameKeyAndVersion() {
    // given
    var third = new EngineFixture(3, 3);
    third.file("order.bpmn", ModelBuilder.process("order").start("start").end("end").build());
    deploy();
    Mailbox mailbox = first.state().mailboxes().get(3);

    // when
    var message = new ReceiveMessages(1, 1, List.of(mailbox.unacknowledged(0)));
    assertEquals(new Answer.MessagesReceived(1), third.process(message).answer());

    // then
    ProcessDefinition there = third.state().processes().latest("order");
    assertEquals(first.state().processes().latest("order").key(), there.key());
    assertEquals(1, there.version());
    assertEquals(3, Routing.ofKey(third.create("order")), "keys are the partition's own");
  }

  private EngineFixture.Step deploy() {
    return first.process(new DeployResources(List.of(file), TENANT));
  }

  private void acknowledge(int partition, long upToNumber) {
    first.process(new AcknowledgeMessages(partition, upToNumber));
  }
}
