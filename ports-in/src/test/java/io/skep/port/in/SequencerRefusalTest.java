package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a sequencer refuses, lets wait or gives up, and that whoever asked is told.
class SequencerRefusalTest {
  private final SequencerFixture fixture = new SequencerFixture();
  private final SimulatedLog log = fixture.log;
  private final Sequencer sequencer = fixture.sequencer;
  private final List<LogCodec.Entry> applied = fixture.applied;
  private final SimulatedLog.Member member = fixture.member;
  private final SimulatedLog.Member other = fixture.other;

  @Test
  void shouldRejectACommandThatTheLogCannotTake() {
    // given
    log.elect(member);

    // when
    Asker asker = fixture.submit(1, member.maxEntryBytes());

    // then
    var rejection = assertInstanceOf(Rejection.class, asker.answer());
    assertEquals(Rejection.Reason.EXCEEDED_BATCH_RECORD_SIZE, rejection.reason());
    assertEquals(0, member.underWay());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldRefuseWhatIsTooMuchButLetWorkEnd() {
    // given
    log.elect(member);
    for (int i = 0; i < SequencerFixture.MAX_IN_FLIGHT; i++) fixture.submit(i);

    // when
    Asker refused = fixture.submit(100);
    Asker taken = fixture.submit(new CompleteJob(1, JsonObject.empty()));

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    assertFalse(taken.isTold());

    // when
    log.settle();
    Asker later = fixture.submit(101);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, taken.answer());
    assertInstanceOf(Answer.Done.class, later.answer());
  }

  @Test
  void shouldHandOutJobsWhereNewWorkIsRefused() {
    // given
    log.elect(member);
    for (int i = 0; i < SequencerFixture.MAX_IN_FLIGHT; i++) fixture.submit(i);
    var activate = JobActivationFixture.command("work", 1);
    int reserve = (InFlight.ACTIVATION_RESERVE - 1) * SequencerFixture.MAX_IN_FLIGHT;

    // when
    var taken = new ArrayList<Asker>();
    for (int i = 0; i < reserve; i++) taken.add(fixture.submit(activate));
    Asker refused = fixture.submit(activate);
    Asker work = fixture.submit(100);

    // then
    taken.forEach(asker -> assertFalse(asker.isTold()));
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    assertEquals(Reason.RESOURCE_EXHAUSTED, work.refusal());
  }

  @Test
  void shouldRefuseEvenWhatLetsWorkEndWhenItIsTooMuchForMemory() {
    // given a log that commits nothing
    log.elect(member);
    var gateway = new FakeSession();
    var complete = new CompleteJob(1, JsonObject.empty());
    int fit = InFlight.MOST_LARGEST * member.maxEntryBytes() / (100 + InFlight.COMMAND_BYTES);
    var taken = new ArrayList<Asker>();
    for (int i = 0; i < fit; i++) taken.add(fixture.submit(complete, gateway));

    // when
    Asker refused = fixture.submit(complete, gateway);
    Asker message = fixture.submit(new ReceiveMessages(2, 1, List.of()), gateway);
    Asker own = fixture.submit(new AcknowledgeMessages(2, 1));

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    taken.forEach(asker -> assertFalse(asker.isTold()));
    assertFalse(message.isTold());
    assertFalse(own.isTold());

    // when
    log.settle();
    Asker later = fixture.submit(complete, gateway);
    log.settle();

    // then: nothing that was taken is lost, and there is room again
    for (Asker asker : taken) assertInstanceOf(Answer.Done.class, asker.answer());
    assertInstanceOf(Answer.Done.class, message.answer());
    assertInstanceOf(Answer.Done.class, own.answer());
    assertInstanceOf(Answer.Done.class, later.answer());
  }

  @Test
  void shouldHaveAllItsRoomAgainAfterLosingItsLead() {
    // given
    log.elect(member);
    var gateway = new FakeSession();
    var complete = new CompleteJob(1, JsonObject.empty());
    int fit = InFlight.MOST_LARGEST * member.maxEntryBytes() / (100 + InFlight.COMMAND_BYTES);
    for (int round = 0; round < 3; round++) {
      // when
      for (int i = 0; i < fit; i++) fixture.submit(complete, gateway);
      log.elect(other);
      log.elect(member);
    }
    Asker asker = fixture.submit(complete, gateway);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, asker.answer());
  }

  @Test
  void shouldSayThatALogWithoutRoomIsBusy() {
    // given
    log.elect(member);
    log.room(1);
    fixture.submit(1);

    // when
    Asker asker = fixture.submit(2, 20_000);

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, asker.refusal());
    assertEquals(1, sequencer.inFlight());
  }

  @Test
  void shouldGoOnAfterAFaultInTheLog() {
    // given
    log.elect(member);
    fixture.submit(0);
    Asker first = fixture.submit(1);
    Asker second = fixture.submit(2);

    // when
    log.faulty(true);
    log.settle();

    // then
    assertEquals(Reason.INTERNAL, first.refusal());
    assertEquals(Reason.INTERNAL, second.refusal());

    // when
    log.faulty(false);
    Asker next = fixture.submit(3);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, next.answer());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldRefuseAndNameTheLeaderIfItDoesNotLead() {
    // given
    Asker early = fixture.submit(1);
    log.elect(other);

    // when
    Asker asker = fixture.submit(2);

    // then
    assertEquals(-1, assertInstanceOf(Reply.Refused.class, early.reply()).leader());
    assertEquals(Reason.NOT_LEADER, asker.refusal());
    assertEquals(1, assertInstanceOf(Reply.Refused.class, asker.reply()).leader());
  }

  @Test
  void shouldTellEveryoneWhenItLosesItsLead() {
    // given
    log.elect(member);
    var underWay = new ArrayList<Asker>();
    var waiting = new ArrayList<Asker>();
    for (int i = 0; i < 3; i++) underWay.add(fixture.submit(i, 20_000));
    for (int i = 3; i < 9; i++) waiting.add(fixture.submit(i));
    log.commit();

    // when
    log.elect(other, 1);

    // then
    for (Asker asker : underWay) assertEquals(Reason.INTERRUPTED, asker.refusal());
    for (Asker asker : waiting) assertEquals(Reason.NOT_LEADER, asker.refusal());
    assertEquals(0, sequencer.inFlight());

    // when: it leads again
    log.elect(member);
    Asker asker = fixture.submit(10);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, asker.answer());
  }

  @Test
  void shouldLetCommandsWaitWhileTheLeadIsBeingHandedOver() {
    // given
    log.elect(member);
    Asker before = fixture.submit(1);
    sequencer.hold();
    assertFalse(sequencer.isDrained());

    // when
    Asker meanwhile = fixture.submit(2);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, before.answer());
    assertTrue(sequencer.isDrained());
    assertEquals(1, applied.size());

    // when
    sequencer.release();
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, meanwhile.answer());
  }

  @Test
  void shouldRefuseWhatHasWaitedOnceTheLeadIsHandedOver() {
    // given
    log.elect(member);
    sequencer.hold();
    Asker meanwhile = fixture.submit(1);

    // when
    log.elect(other);
    log.settle();

    // then
    assertEquals(Reason.NOT_LEADER, meanwhile.refusal());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldKeepWhatThereIsNoRoomForUntilThereIs() {
    // given
    log.elect(member);
    Asker before = fixture.submit(1);
    fixture.hasRoom = false;
    sequencer.roomChanged();

    // when
    Asker meanwhile = fixture.submit(2);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, before.answer());
    assertFalse(meanwhile.isTold());
    assertEquals(1, applied.size());
    assertEquals(0, sequencer.inFlight(), "a stop need not wait for it");

    // when
    fixture.hasRoom = true;
    sequencer.roomChanged();
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, meanwhile.answer());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldRefuseWhatThereIsNoRoomForWhenTheLeadIsLost() {
    // given
    log.elect(member);
    fixture.hasRoom = false;
    sequencer.roomChanged();
    Asker asker = fixture.submit(1);

    // when
    log.elect(other);

    // then
    assertEquals(Reason.NOT_LEADER, asker.refusal());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldTakeNoMoreOnceItIsStopped() {
    // given
    log.elect(member);
    Asker before = fixture.submit(1);

    // when
    sequencer.stop();
    Asker after = fixture.submit(2);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, before.answer());
    assertEquals(Reason.NOT_LEADER, after.refusal());
  }
}
