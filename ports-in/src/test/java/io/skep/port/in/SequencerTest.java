package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.Replica;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final int MAX_IN_FLIGHT = 20;
  private static final int COMMAND_BYTES = 100;

  private final SimulatedTime time = new SimulatedTime();
  private final FakeCodec codec = new FakeCodec();
  private final SimulatedLog log = new SimulatedLog();
  private final Sequencer sequencer = new Sequencer(1, codec, time, MAX_IN_FLIGHT);
  private final List<LogCodec.Entry> applied = new ArrayList<>();
  private final SimulatedLog.Member member = log.join(0, new AnsweringReplica(), 0);
  private final SimulatedLog.Member other = log.join(1, new IdleReplica(), 0);

  SequencerTest() {
    sequencer.use(member);
  }

  @Test
  void shouldBringACommandIntoTheLogAtOnceIfNothingIsUnderWay() {
    // given
    log.elect(member);

    // when
    Asker asker = submit(1);

    // then
    assertEquals(1, member.underWay());

    // when
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, asker.answer());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldPutWhatHasArrivedMeanwhileIntoOneEntry() {
    // given: the window is full
    log.elect(member);
    for (int i = 0; i < 3; i++) submit(i);
    assertEquals(3, member.underWay());

    // when
    for (int i = 3; i < 13; i++) submit(i);

    // then
    assertEquals(3, member.underWay());

    // when
    log.commit();
    member.apply();
    log.settle();

    // then
    assertEquals(
        List.of(1, 1, 1, 10), applied.stream().map(entry -> entry.commands().size()).toList());
  }

  @Test
  void shouldLetCommandsWaitWhileTheLeadIsBeingHandedOver() {
    // given
    log.elect(member);
    Asker before = submit(1);
    sequencer.hold();
    assertFalse(sequencer.isDrained());

    // when
    Asker meanwhile = submit(2);
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
    Asker meanwhile = submit(1);

    // when
    log.elect(other);
    log.settle();

    // then
    assertEquals(Reason.NOT_LEADER, meanwhile.refusal());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldKeepTheOrderOfTheirArrival() {
    // given
    log.elect(member);

    // when
    for (int i = 0; i < MAX_IN_FLIGHT; i++) submit(i);
    log.settle();

    // then
    var keys =
        applied.stream()
            .flatMap(entry -> entry.commands().stream())
            .map(SequencerTest::number)
            .toList();
    assertEquals(java.util.stream.LongStream.range(0, MAX_IN_FLIGHT).boxed().toList(), keys);
  }

  @Test
  void shouldNotMakeEntriesLargerThanThePayOff() {
    // given
    log.elect(member);
    for (int i = 0; i < 3; i++) submit(i);

    // when: each takes a good third of what an entry should
    for (int i = 3; i < 7; i++) submit(i, 6_000);
    log.settle();

    // then
    assertEquals(
        List.of(1, 1, 1, 2, 2), applied.stream().map(entry -> entry.commands().size()).toList());
  }

  @Test
  void shouldGiveALargeCommandAnEntryOfItsOwn() {
    // given
    log.elect(member);
    for (int i = 0; i < 3; i++) submit(i);

    // when
    submit(3);
    submit(4, 60_000);
    submit(5);
    log.settle();

    // then
    assertEquals(
        List.of(1, 1, 1, 1, 1, 1), applied.stream().map(entry -> entry.commands().size()).toList());
  }

  @Test
  void shouldRejectACommandThatTheLogCannotTake() {
    // given
    log.elect(member);

    // when
    Asker asker = submit(1, member.maxEntryBytes());

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
    for (int i = 0; i < MAX_IN_FLIGHT; i++) submit(i);

    // when
    Asker refused = submit(100);
    Asker taken = submit(new CompleteJob(1, JsonObject.empty()));

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, refused.refusal());
    assertFalse(taken.isTold());

    // when
    log.settle();
    Asker later = submit(101);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, taken.answer());
    assertInstanceOf(Answer.Done.class, later.answer());
  }

  @Test
  void shouldRefuseAndNameTheLeaderIfItDoesNotLead() {
    // given
    Asker early = submit(1);
    log.elect(other);

    // when
    Asker asker = submit(2);

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
    for (int i = 0; i < 3; i++) underWay.add(submit(i));
    for (int i = 3; i < 9; i++) waiting.add(submit(i));
    log.commit();

    // when
    log.elect(other, 1);

    // then
    for (Asker asker : underWay) assertEquals(Reason.INTERRUPTED, asker.refusal());
    for (Asker asker : waiting) assertEquals(Reason.NOT_LEADER, asker.refusal());
    assertEquals(0, sequencer.inFlight());

    // when: it leads again
    log.elect(member);
    Asker asker = submit(10);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, asker.answer());
  }

  @Test
  void shouldSayThatALogWithoutRoomIsBusy() {
    // given
    log.elect(member);
    log.room(1);
    submit(1);

    // when
    Asker asker = submit(2);

    // then
    assertEquals(Reason.RESOURCE_EXHAUSTED, asker.refusal());
    assertEquals(1, sequencer.inFlight());
  }

  @Test
  void shouldGoOnAfterAFaultInTheLog() {
    // given
    log.elect(member);
    log.maxEntryBytes(200);
    for (int i = 0; i < 3; i++) submit(i);
    Asker first = submit(3);
    Asker second = submit(4);

    // when: together they are more than the log takes, of which the sequencer knows nothing
    log.settle();

    // then
    assertEquals(Reason.INTERNAL, first.refusal());
    assertEquals(Reason.INTERNAL, second.refusal());

    // when
    Asker next = submit(5);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, next.answer());
    assertEquals(0, sequencer.inFlight());
  }

  @Test
  void shouldTakeNoMoreOnceItIsStopped() {
    // given
    log.elect(member);
    Asker before = submit(1);

    // when
    sequencer.stop();
    Asker after = submit(2);
    log.settle();

    // then
    assertInstanceOf(Answer.Done.class, before.answer());
    assertEquals(Reason.NOT_LEADER, after.refusal());
  }

  @Test
  void shouldNumberRequestsThroughoutAllTerms() {
    // given
    log.elect(member);
    for (int i = 0; i < 10; i++) submit(i);
    log.settle();
    log.elect(other);
    log.elect(member);

    // when
    for (int i = 0; i < 10; i++) submit(i);
    log.settle();

    // then
    long last = 0;
    for (LogCodec.Entry entry : applied) {
      assertTrue(entry.batch().firstRequest() > last, "a number that came before");
      last = entry.batch().firstRequest() + entry.commands().size() - 1;
    }
  }

  @Test
  void shouldNotLetTimeGoBack() {
    // given: the last turn was run by a leader whose clock is ahead
    sequencer.lead(1, time.nowMs() + 60_000);
    log.elect(member);
    sequencer.lead(2, time.nowMs() + 60_000);

    // when
    submit(1);
    time.pass(61_000);
    submit(2);
    log.settle();

    // then
    assertEquals(
        List.of(61_000L, 62_000L), applied.stream().map(entry -> entry.batch().timeMs()).toList());
  }

  private Asker submit(long number) {
    return submit(number, COMMAND_BYTES);
  }

  private Asker submit(long number, int bytes) {
    var command = new ResolveIncident(number);
    return submit(command, codec.encode(command, bytes));
  }

  private Asker submit(Command command) {
    return submit(command, codec.encode(command, COMMAND_BYTES));
  }

  private Asker submit(Command command, byte[] encoded) {
    var asker = new Asker();
    sequencer.submit(new Pending(command, encoded, null, asker, Sequencer.isLimited(command), 0));
    return asker;
  }

  private static long number(Command command) {
    return ((ResolveIncident) command).incidentKey();
  }

  /// Answers each command and does nothing else.
  private final class AnsweringReplica extends IdleReplica {
    @Override
    public void apply(long index, byte[] content, PartitionLog.Proposal own) {
      applied.add(codec.decodeEntry(content));
      if (!(own instanceof Sequencer.Batch batch)) return;
      for (Pending pending : batch.commands) pending.answer(new Answer.Done(1));
      sequencer.done(batch.commands.size());
    }

    @Override
    public void leading(long term) {
      sequencer.lead(term, 0);
    }

    @Override
    public void notLeading() {
      sequencer.follow();
    }
  }

  private static class IdleReplica implements Replica {
    @Override
    public void apply(long index, byte[] content, PartitionLog.Proposal own) {}

    @Override
    public void leading(long term) {}

    @Override
    public void notLeading() {}

    @Override
    public void hold() {}

    @Override
    public void release() {}

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public boolean isAwaited() {
      return false;
    }

    @Override
    public void failed(Throwable cause) {}

    @Override
    public FrozenState freeze() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(InputStream snapshot) {
      throw new UnsupportedOperationException();
    }
  }
}
