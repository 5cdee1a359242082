package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandGatewayTest {
  private static final Command CANCEL = new CancelProcessInstance(Routing.key(2, 7));
  private static final Command CREATE =
      new CreateProcessInstance("order", -1, 0, JsonObject.empty(), null, "<default>");
  private static final Answer DONE = new Done(1);

  private final SimulatedTime time = new SimulatedTime();
  private final FakeBrokers brokers = new FakeBrokers();
  private final List<Reply> replies = new ArrayList<>();
  private LeaderCalls leaders;

  @Test
  void shouldSendToTheLeaderOfTheKeysPartition() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(3, 3));

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
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(new DeployResources(List.of(), "<default>"), 500, replies::add);

    // then
    assertEquals(1, brokers.last().partitionId());
    assertEquals(500, brokers.last().timeoutMs());
  }

  @Test
  void shouldRefuseKeysOfNoPartitionAtOnce() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    for (long key : new long[] {0, -1, Routing.key(4, 1)}) {
      gateway.send(new CancelProcessInstance(key), 0, replies::add);
    }

    // then
    assertEquals(0, brokers.sent.size());
    assertEquals(List.of(Reason.UNREACHABLE, Reason.UNREACHABLE, Reason.UNREACHABLE), reasons());
    assertTrue(((Refused) replies.get(1)).message().contains("partition -1"));
  }

  @Test
  void shouldWaitForALeader() {
    // given
    var membership = new FakeMembership(1, 3);
    var gateway = gateway(membership);

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
    var gateway = gateway(new FakeMembership(1, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    gateway.send(CREATE, 0, replies::add);
    time.pass(14_999);

    // then
    assertEquals(List.of(), replies);

    // when
    time.pass(1);

    // then
    assertEquals(List.of(Reason.UNREACHABLE, Reason.UNREACHABLE), reasons());
  }

  @Test
  void shouldSayWhichPartitionHadNoLeader() {
    // given
    var membership = FakeMembership.withLeaders(1, 2);
    membership.lead(2, -1);

    // when
    gateway(membership).send(CANCEL, 0, replies::add);
    time.pass(15_000);

    // then
    assertEquals(List.of(Reason.NOT_LEADER), reasons());
    assertTrue(((Refused) replies.getFirst()).message().contains("partition 2"));
  }

  @Test
  void shouldAskTheLeaderThatItIsToldOfAtOnce() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    var gateway = gateway(membership);

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
    var gateway = gateway(FakeMembership.withLeaders(3, 3));

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
    var gateway = gateway(FakeMembership.withLeaders(2, 2));
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
    assertEquals(List.of(Reason.NOT_LEADER), reasons());
  }

  @Test
  void shouldTryAgainWhatDidNotReachItsBroker() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 2));

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
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    for (Command command : List.of(CANCEL, CREATE)) {
      gateway.send(command, 0, replies::add);
      brokers.last().refuse(reason);
      time.pass(20_000);
    }

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(List.of(reason, reason), reasons());
  }

  @Test
  void shouldNotWaitForALeaderThatHasBeenReplaced() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    gateway(membership).send(CANCEL, 0, replies::add);

    // when: the former leader says nothing, it may have stopped
    membership.replace(2, 2);
    time.pass(LeaderCalls.GRACE_MS - 1);

    // then
    assertEquals(List.of(), replies);

    // when
    time.pass(1);

    // then: it may have been run
    assertEquals(List.of(Reason.INTERRUPTED), reasons());
    assertEquals(1, brokers.sent.size());
    assertEquals(0, leaders.waiting());

    // when: the former leader goes on
    brokers.last().answer(DONE);

    // then
    assertEquals(1, replies.size());
  }

  @Test
  void shouldSendToTheNextLeaderWhatTheFormerOneWasNeverSent() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    brokers.connected = false;
    gateway(membership).send(CANCEL, 0, replies::add);

    // when
    membership.replace(2, 2);
    time.pass(LeaderCalls.GRACE_MS);

    // then
    assertEquals(2, brokers.sent.size());
    assertEquals(2, brokers.last().nodeId());
    assertEquals(List.of(), replies);
  }

  @Test
  void shouldTakeTheAnswerOfAFormerLeaderThatKnows() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    gateway(membership).send(CANCEL, 0, replies::add);

    // when: it has handed over, and says so
    membership.lead(2, 2);
    time.pass(1_000);

    // then
    assertEquals(List.of(), replies);

    // when
    brokers.last().refuse(Reason.NOT_LEADER, 2);
    brokers.last().answer(DONE);

    // then
    assertEquals(List.of(new Answered(DONE)), replies);
    assertEquals(2, brokers.sent.size());
  }

  @Test
  void shouldTakeTheAnswerOfAReplacedLeaderThatComesInTime() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    gateway(membership).send(CANCEL, 0, replies::add);

    // when
    membership.replace(2, 2);
    time.pass(LeaderCalls.GRACE_MS - 1);
    brokers.last().answer(DONE);
    time.pass(1);

    // then
    assertEquals(List.of(new Answered(DONE)), replies);
  }

  @Test
  void shouldNotWaitForABrokerThatIsGone() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    gateway(membership).send(CANCEL, 0, replies::add);

    // when
    membership.die(1);
    time.pass(LeaderCalls.GRACE_MS);

    // then
    assertEquals(List.of(Reason.INTERRUPTED), reasons());
  }

  @Test
  void shouldNotWaitForALeaderThatWasReplacedWhileItWasSentTo() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    var gateway = gateway(membership);
    brokers.onSend = () -> membership.replace(2, 2);

    // when
    gateway.send(CANCEL, 0, replies::add);
    time.pass(LeaderCalls.GRACE_MS);

    // then
    assertEquals(List.of(Reason.INTERRUPTED), reasons());
  }

  @Test
  void shouldPassOnThatThePartitionHasTooMuchToDo() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(CANCEL, 0, replies::add);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);

    // then
    assertEquals(List.of(Reason.RESOURCE_EXHAUSTED), reasons());
  }

  @Test
  void shouldCreateInstancesOnAllPartitionsInTurn() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    for (int i = 0; i < 6; i++) gateway.send(CREATE, 0, replies::add);

    // then
    assertEquals(List.of(1, 2, 3, 1, 2, 3), brokers.partitions());
  }

  @Test
  void shouldCreateNothingWhereNobodyLeads() {
    // given
    var membership = FakeMembership.withLeaders(1, 3);
    membership.lead(2, -1);
    var gateway = gateway(membership);

    // when
    for (int i = 0; i < 3; i++) gateway.send(CREATE, 0, replies::add);

    // then
    assertEquals(List.of(1, 3, 3), brokers.partitions());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_LEADER", "UNREACHABLE", "RESOURCE_EXHAUSTED"})
  void shouldCreateOnTheNextPartitionIfItWasCertainlyNotRun(Reason reason) {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(reason);
    brokers.last().answer(DONE);

    // then
    assertEquals(List.of(1, 2), brokers.partitions());
    assertEquals(List.of(new Answered(DONE)), replies);
  }

  @Test
  void shouldSayTooMuchToDoWhenNoPartitionTakesTheInstance() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    brokers.last().refuse(Reason.UNREACHABLE);
    brokers.last().refuse(Reason.NOT_LEADER);

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of(Reason.RESOURCE_EXHAUSTED), reasons());
  }

  @Test
  void shouldGoRoundAgainWhileTheLeadersChange() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var gateway = gateway(membership);

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(Reason.NOT_LEADER);
    brokers.last().refuse(Reason.UNREACHABLE);

    // then
    assertEquals(2, brokers.sent.size());

    // when
    membership.lead(1, 1);

    // then
    assertEquals(List.of(1, 2, 1), brokers.partitions());
    assertEquals(1, brokers.last().nodeId());
  }

  @Test
  void shouldFindTheNewLeaderOfTheOnlyPartitionAtOnce() {
    // given
    var gateway = gateway(FakeMembership.withLeaders(2, 1));

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(Reason.NOT_LEADER, 1);

    // then
    assertEquals(List.of(1, 1), brokers.partitions());
    assertEquals(1, brokers.last().nodeId());
  }

  private CommandGateway gateway(FakeMembership membership) {
    leaders = new LeaderCalls(brokers, membership, time);
    return new CommandGatewayUseCase(
        leaders, membership, new TopologyWatch(membership, time), time, GatewaySettings.defaults());
  }

  private List<Reason> reasons() {
    return replies.stream().map(reply -> assertInstanceOf(Refused.class, reply).reason()).toList();
  }
}
