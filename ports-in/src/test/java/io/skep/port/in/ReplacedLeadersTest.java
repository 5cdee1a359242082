package io.skep.port.in;

import static io.skep.port.in.CommandGatewayFixture.CANCEL;
import static io.skep.port.in.CommandGatewayFixture.DONE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Commands whose leader was replaced, or is gone, while they were on their way.
class ReplacedLeadersTest {
  private final CommandGatewayFixture fixture = new CommandGatewayFixture();
  private final SimulatedTime time = fixture.time;
  private final FakeBrokers brokers = fixture.brokers;
  private final List<Reply> replies = fixture.replies;

  @Test
  void shouldNotWaitForALeaderThatHasBeenReplaced() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    fixture.gateway(membership).send(CANCEL, 0, replies::add);

    // when: the former leader says nothing, it may have stopped
    membership.replace(2, 2);
    time.pass(LeaderCalls.GRACE_MS - 1);

    // then
    assertEquals(List.of(), replies);

    // when
    time.pass(1);

    // then: it may have been run
    assertEquals(List.of(Reason.INTERRUPTED), fixture.reasons());
    assertEquals(1, brokers.sent.size());
    assertEquals(0, fixture.leaders.waiting());

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
    fixture.gateway(membership).send(CANCEL, 0, replies::add);

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
    fixture.gateway(membership).send(CANCEL, 0, replies::add);

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
    fixture.gateway(membership).send(CANCEL, 0, replies::add);

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
    fixture.gateway(membership).send(CANCEL, 0, replies::add);

    // when
    membership.die(1);
    time.pass(LeaderCalls.GRACE_MS);

    // then
    assertEquals(List.of(Reason.INTERRUPTED), fixture.reasons());
  }

  @Test
  void shouldNotWaitForALeaderThatWasReplacedWhileItWasSentTo() {
    // given
    var membership = FakeMembership.withLeaders(3, 3);
    var gateway = fixture.gateway(membership);
    brokers.onSend = () -> membership.replace(2, 2);

    // when
    gateway.send(CANCEL, 0, replies::add);
    time.pass(LeaderCalls.GRACE_MS);

    // then
    assertEquals(List.of(Reason.INTERRUPTED), fixture.reasons());
  }
}
