package io.skep.domain.engine.outbox;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTest {
  private final EngineFixture sender = new EngineFixture(1, 2);
  private final EngineFixture receiver = new EngineFixture(2, 2);

  @Test
  void shouldTakeEachMessageOnce() {
    // given
    List<Command> messages = deployments(3);

    // then
    assertEquals(new Answer.MessagesReceived(2), deliver(1, messages.subList(0, 2)));
    assertEquals(2, receiver.state().processes().size());

    // when: all of it once more, and one that is new
    receiver.trace();
    assertEquals(new Answer.MessagesReceived(3), deliver(1, messages));

    // then
    assertEquals(List.of("MESSAGE_RECEIVED", "PROCESS_DEPLOYED"), receiver.trace());

    // when: late repeats
    assertEquals(new Answer.MessagesReceived(3), deliver(1, messages.subList(0, 1)));
    assertEquals(new Answer.MessagesReceived(3), deliver(3, messages.subList(2, 3)));

    // then
    assertEquals(List.of(), receiver.trace());
  }

  @Test
  void shouldTakeNothingBehindAGap() {
    // given
    List<Command> messages = deployments(3);

    // then
    assertEquals(new Answer.MessagesReceived(0), deliver(2, messages.subList(1, 3)));
    assertEquals(0, receiver.state().processes().size());
    assertEquals(new Answer.MessagesReceived(3), deliver(1, messages));
    assertEquals(3, receiver.state().processes().size());
  }

  @Test
  void shouldGoOnBehindAMessageThatMeetsAFault() {
    // given: the second brings a file that holds no such process
    List<Command> messages = deployments(3);
    var wrong = new DeployedProcess("p2", 1, 2, receiver.file("wrong.bpmn"), TENANT, false);
    messages.set(1, new DistributeDeployment(102, List.of(wrong)));

    // when
    EngineFixture.Step step = receiver.process(new ReceiveMessages(1, 1, messages));

    // then
    assertEquals(new Answer.MessagesReceived(3), step.answer());
    assertNotNull(step.fault(), "somebody is told");
    assertEquals(
        List.of(
            "MESSAGE_RECEIVED",
            "PROCESS_DEPLOYED",
            "MESSAGE_RECEIVED",
            "MESSAGE_RECEIVED",
            "PROCESS_DEPLOYED"),
        step.trace());
    assertEquals(
        List.of(messages.get(1)),
        step.records().stream()
            .filter(each -> each.rejection() != null)
            .map(each -> each.content())
            .toList());

    // when: the sender did not hear of it
    EngineFixture.Step again = receiver.process(new ReceiveMessages(1, 1, messages));

    // then
    assertEquals(new Answer.MessagesReceived(3), again.answer());
    assertNull(again.fault());
    assertEquals(List.of(), again.trace());
  }

  @Test
  void shouldRefuseNumbersThatNobodyGives() {
    for (long first : new long[] {0, -1, Long.MIN_VALUE}) {
      assertRejected(
          Reason.INVALID_ARGUMENT,
          receiver.process(new ReceiveMessages(1, first, deployments(1))).answer());
    }
  }

  @Test
  void shouldRefuseMailOfNoOtherPartition() {
    for (int from : new int[] {-1, 0, 2, 3}) {
      assertRejected(
          Reason.INVALID_ARGUMENT,
          receiver.process(new ReceiveMessages(from, 1, List.of())).answer());
    }
  }

  @Test
  void shouldKeepMessagesUntilTheyAreAcknowledged() {
    // given
    deploy("a");
    deploy("b");
    deploy("c");
    Mailbox mailbox = sender.state().mailboxes().get(2);
    assertEquals(3, mailbox.unacknowledgedCount());
    assertEquals(1, mailbox.firstUnacknowledged());

    // when
    sender.process(new AcknowledgeMessages(2, 2));

    // then
    mailbox = sender.state().mailboxes().get(2);
    assertEquals(1, mailbox.unacknowledgedCount());
    assertEquals(3, mailbox.firstUnacknowledged());
    assertEquals(
        "c",
        ((DistributeDeployment) mailbox.unacknowledged(0)).processes().getFirst().bpmnProcessId());
  }

  @Test
  void shouldIgnoreAcknowledgementsThatComeTwiceOrTooEarly() {
    // given
    deploy("a");
    deploy("b");
    sender.process(new AcknowledgeMessages(2, 1));
    sender.trace();

    // when
    sender.process(new AcknowledgeMessages(2, 1));
    sender.process(new AcknowledgeMessages(2, 0));
    sender.process(new AcknowledgeMessages(2, 3));
    sender.process(new AcknowledgeMessages(2, Long.MAX_VALUE));

    // then
    assertEquals(List.of(), sender.trace());
    assertEquals(1, sender.state().mailboxes().get(2).unacknowledgedCount());
  }

  @Test
  void shouldTellWhenThereIsMail() {
    assertEquals(true, deploy("a").hasMail());
    assertFalse(sender.process(new AcknowledgeMessages(2, 1)).hasMail());
  }

  private Answer deliver(long firstNumber, List<Command> messages) {
    return receiver.process(new ReceiveMessages(1, firstNumber, messages)).answer();
  }

  private EngineFixture.Step deploy(String id) {
    Resource file = sender.file(id + ".bpmn", model(id));
    return sender.process(new DeployResources(List.of(file), TENANT));
  }

  private static ProcessModel model(String id) {
    return ModelBuilder.process(id).start("start").end("end").build();
  }

  /// Messages that bring one process each.
  private List<Command> deployments(int count) {
    var messages = new ArrayList<Command>();
    for (int i = 1; i <= count; i++) {
      String id = "p" + i;
      Resource file = receiver.file(id + ".bpmn", model(id));
      var process = new DeployedProcess(id, 1, i, file, TENANT, false);
      messages.add(new DistributeDeployment(100 + i, List.of(process)));
    }
    return messages;
  }
}
