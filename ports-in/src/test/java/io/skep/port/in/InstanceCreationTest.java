package io.skep.port.in;

import static io.skep.port.in.CommandGatewayFixture.CREATE;
import static io.skep.port.in.CommandGatewayFixture.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// On which partition a gateway creates instances.
class InstanceCreationTest {
  private final CommandGatewayFixture fixture = new CommandGatewayFixture();
  private final FakeBrokers brokers = fixture.brokers;
  private final List<Reply> replies = fixture.replies;

  @Test
  void shouldCreateInstancesOnAllPartitionsInTurn() {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

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
    var gateway = fixture.gateway(membership);

    // when
    for (int i = 0; i < 3; i++) gateway.send(CREATE, 0, replies::add);

    // then
    assertEquals(List.of(1, 3, 3), brokers.partitions());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_LEADER", "UNREACHABLE", "RESOURCE_EXHAUSTED"})
  void shouldCreateOnTheNextPartitionIfItWasCertainlyNotRun(Reason reason) {
    // given
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

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
    var gateway = fixture.gateway(FakeMembership.withLeaders(1, 3));

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(Reason.RESOURCE_EXHAUSTED);
    brokers.last().refuse(Reason.UNREACHABLE);
    brokers.last().refuse(Reason.NOT_LEADER);

    // then
    assertEquals(List.of(1, 2, 3), brokers.partitions());
    assertEquals(List.of(Reason.RESOURCE_EXHAUSTED), fixture.reasons());
  }

  @Test
  void shouldGoRoundAgainWhileTheLeadersChange() {
    // given
    var membership = FakeMembership.withLeaders(2, 2);
    var gateway = fixture.gateway(membership);

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
    var gateway = fixture.gateway(FakeMembership.withLeaders(2, 1));

    // when
    gateway.send(CREATE, 0, replies::add);
    brokers.last().refuse(Reason.NOT_LEADER, 1);

    // then
    assertEquals(List.of(1, 1), brokers.partitions());
    assertEquals(1, brokers.last().nodeId());
  }
}
