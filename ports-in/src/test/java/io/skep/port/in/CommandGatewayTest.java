package io.skep.port.in;

import static io.skep.port.in.CommandGatewayFixture.CANCEL;
import static io.skep.port.in.CommandGatewayFixture.CREATE;
import static io.skep.port.in.CommandGatewayFixture.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Commands for one partition: who is asked, how often, and for how long.
class CommandGatewayTest {
  private final CommandGatewayFixture fixture = new CommandGatewayFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;
  private final List<Reply> replies = fixture.replies;

  @Test
  void shouldSendToTheLeaderOfTheKeysPartition() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(3, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().answer(DONE);

    // then
    assertEquals(2, brokers.last().partitionId());
    assertEquals(1, brokers.last().nodeId());
    assertEquals(15_000, brokers.last().timeoutMs());
    assertEquals(List.of(new Answered(DONE)), replies);
  }

  @Test
  void shouldDeployOnTheFirstPartition() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(new DeployResources(List.of(), "<default>"), 500, replies::add);

    // then
    assertEquals(1, brokers.last().partitionId());
    assertEquals(500, brokers.last().timeoutMs());
  }

  @Test
  void shouldRefuseKeysOfNoPartitionAtOnce() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

    // when
    for (long key : new long[] {0, -1, Routing.key(4, 1)}) {
      gateway.send(new CancelProcessInstance(key), 0, replies::add);
    }

    // then
    assertEquals(0, brokers.sent.size());
    assertEquals(
        List.of(Reason.UNREACHABLE, Reason.UNREACHABLE, Reason.UNREACHABLE), fixture.reasons());
    assertTrue(((Refused) replies.get(1)).message().contains("partition -1"));
  }

  @Test
  void shouldWaitForALeader() {
    // given
    var membership = new FakeMembership(1, 3);
    var gateway = fixture.gateway(membership);

    // when
    gateway.send(CANCEL, 0, replies::add);
    time.pass(1_000);
    membership.lead(1, 0);
    time.pass(1_000);

    // then
    assertEquals(0, brokers.sent.size());

    // when
    membership.lead(2, 0);

    // then
    assertEquals(2, brokers.last().partitionId());
    assertEquals(13_000, brokers.last().timeoutMs());
    brokers.last().answer(DONE);
    assertEquals(List.of(new Answered(DONE)), replies);
    assertEquals(0, time.scheduled());
  }

  @Test
  void shouldGiveUpWhenNobodyLeadsInTime() {
    // given
    var gateway = fixture.gateway(new FakeMembership(1, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    gateway.send(CREATE, 0, replies::add);
    time.pass(14_999);

    // then
    assertEquals(List.of(), replies);

    // when
    time.pass(1);

    // then
    assertEquals(List.of(Reason.UNREACHABLE, Reason.UNREACHABLE), fixture.reasons());
  }

  @Test
  void shouldSayWhichPartitionHadNoLeader() {
    // given
    var membership = FakeMembership.withLeaders(1, 2);
    membership.lead(2, -1);

    // when
    fixture.gateway(membership).send(CANCEL, 0, replies::add);
    time.pass(15_000);

    // then
    assertEquals(List.of(Reason.NOT_LEADER), fixture.reasons());
    assertTrue(((Refused) replies.getFirst()).message().contains("partition 2"));
  }

  @Test
  void shouldAskTheLeaderThatItIsToldOfAtOnce() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    var gateway = fixture.gateway(membership);

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().refuse(Reason.NOT_LEADER, 2);

    // then
    assertEquals(List.of("2 -> 2"), membership.corrections);
    assertEquals(2, brokers.sent.size());
    assertEquals(2, brokers.last().nodeId());
  }

  @Test
  void shouldAskAgainALittleLaterIfNobodyKnowsTheLeader() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(3, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().refuse(Reason.NOT_LEADER);

    // then
    assertEquals(1, brokers.sent.size());

    // when
    time.pass(200);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(), replies);
  }

  @Test
  void shouldNotBeSentBackAndForthWithoutEnd() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(2, 2));
    gateway.send(CANCEL, 0, replies::add);

    // when
    for (int answered = 0; replies.isEmpty(); ) {
      while (answered < brokers.sent.size()) {
        var asked = brokers.sent.get(answered++);
        asked.refuse(Reason.NOT_LEADER, 1 - asked.nodeId());
      }
      time.pass(1);
    }

    // then
    assertTrue(brokers.sent.size() < 100, () -> "asked " + brokers.sent.size() + " times");
    assertEquals(List.of(Reason.NOT_LEADER), fixture.reasons());
  }

  @Test
  void shouldTryAgainWhatDidNotReachItsBroker() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 2));

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().refuse(Reason.UNREACHABLE);
    time.pass(10);
    brokers.last().answer(DONE);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(new Answered(DONE)), replies);
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPTED", "TIMEOUT", "INTERNAL", "MALFORMED"})
  void shouldNotTryAgainWhatMayHaveBeenRunOrNeverWill(Reason reason) {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

    // when
    for (Command command : List.of(CANCEL, CREATE)) {
      gateway.send(command, 0, replies::add);
      brokers.last().refuse(reason);
      time.pass(20_000);
    }

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(reason, reason), fixture.reasons());
  }

  @Test
  void shouldPassOnThatThePartitionHasTooMuchToDo() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);

    // then
    assertEquals(List.of(Reason.RESOURCE_EXHAUSTED), fixture.reasons());
  }
}
