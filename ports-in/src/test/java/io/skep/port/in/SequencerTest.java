package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How commands come into entries of the log.
class SequencerTest {
  private final SequencerFixture fixture = new SequencerFixture();
  private final SimulatedTime time = fixture.time;
  private final SimulatedLog log = fixture.log;
  private final Sequencer sequencer = fixture.sequencer;
  private final List<LogCodec.Entry> applied = fixture.applied;
  private final SimulatedLog.Member member = fixture.member;
  private final SimulatedLog.Member other = fixture.other;

  @Test
  void shouldBringACommandIntoTheLogAtOnceIfNothingIsUnderWay() {
    // given
    log.elect(member);

    // when
    Asker asker = fixture.submit(1);

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
    // given
    log.elect(member);
    fixture.submit(0);

    // when
    for (int i = 1; i < 13; i++) fixture.submit(i);

    // then
    assertEquals(1, member.underWay());

    // when
    log.commit();
    member.apply();
    log.settle();

    // then
    assertEquals(List.of(1, 12), sizes());
  }

  @Test
  void shouldPutWhatArrivesTogetherIntoOneEntry() {
    // given
    log.elect(member);

    // when
    Arrivals.begin();
    for (int i = 0; i < 3; i++) fixture.submit(i);
    int before = member.underWay();
    Arrivals.end();

    // then
    assertEquals(0, before);
    assertEquals(1, member.underWay());

    // when: nothing is being handed over any more
    log.settle();
    fixture.submit(3);

    // then
    assertEquals(1, member.underWay());
    log.settle();
    assertEquals(List.of(3, 1), sizes());
  }

  @Test
  void shouldBeginWithEnoughOfWhatArrivesTogether() {
    // given
    log.elect(member);

    // when
    Arrivals.begin();
    for (int i = 0; i < Sequencer.ENOUGH_COMMANDS + 2; i++)
      fixture.submit(new CompleteJob(i + 1, JsonObject.empty()));
    int before = member.underWay();
    Arrivals.end();
    log.settle();

    // then
    assertEquals(1, before);
    assertEquals(List.of(Sequencer.ENOUGH_COMMANDS, 2), sizes());
  }

  @Test
  void shouldNotKeepLargeCommandsForWhatArrivesWithThem() {
    // given
    log.elect(member);

    // when
    Arrivals.begin();
    for (int i = 0; i < 6; i++) fixture.submit(i, 4_000);
    int before = member.underWay();
    Arrivals.end();
    log.settle();

    // then: five are enough
    assertEquals(1, before);
    assertEquals(List.of(5, 1), sizes());
  }

  @Test
  void shouldPutNoMoreCommandsIntoAnEntryThanAReplicaRunsInAShortTime() {
    // given
    log.elect(member);
    fixture.submit(0);

    // when
    for (int i = 0; i < Sequencer.MAX_COMMANDS + 3; i++)
      fixture.submit(new CompleteJob(i + 1, JsonObject.empty()));
    log.settle();

    // then
    assertEquals(List.of(1, Sequencer.MAX_COMMANDS, 3), sizes());
  }

  @Test
  void shouldHaveMoreUnderWayWhileEntriesAreFull() {
    // given
    log.elect(member);
    fixture.submit(0);

    // when: five are full enough, and there is no place for a third entry beside the first
    for (int i = 1; i < 13; i++) fixture.submit(i, 4_000);

    // then
    assertEquals(3, member.underWay());

    // when
    log.settle();

    // then
    assertEquals(List.of(1, 5, 5, 2), sizes());
  }

  private List<Integer> sizes() {
    return applied.stream().map(entry -> entry.commands().size()).toList();
  }

  @Test
  void shouldKeepTheOrderOfTheirArrival() {
    // given
    log.elect(member);

    // when
    for (int i = 0; i < SequencerFixture.MAX_IN_FLIGHT; i++) fixture.submit(i);
    log.settle();

    // then
    var keys =
        applied.stream()
            .flatMap(entry -> entry.commands().stream())
            .map(SequencerFixture::number)
            .toList();
    assertEquals(
        java.util.stream.LongStream.range(0, SequencerFixture.MAX_IN_FLIGHT).boxed().toList(),
        keys);
  }

  @Test
  void shouldNotMakeEntriesLargerThanThePayOff() {
    // given
    log.maxEntryBytes(1 << 20);
    log.elect(member);
    fixture.submit(0);

    // when: each is full enough by itself, and takes a good third of what an entry should; what
    // there is no place for waits
    for (int i = 1; i < 7; i++) fixture.submit(i, 50_000);
    log.settle();

    // then
    assertEquals(List.of(1, 1, 1, 2, 2), sizes());
  }

  @Test
  void shouldNotMakeEntriesLargerThanTheLogTakes() {
    // given
    log.maxEntryBytes(64 << 10);
    log.elect(member);
    fixture.submit(0);

    // when
    for (int i = 1; i < 6; i++) fixture.submit(i, 30_000);
    log.settle();

    // then
    assertEquals(List.of(1, 1, 1, 2, 1), sizes());
  }

  @Test
  void shouldGiveALargeCommandAnEntryOfItsOwn() {
    // given
    log.maxEntryBytes(1 << 20);
    log.elect(member);
    fixture.submit(0);

    // when
    fixture.submit(1);
    fixture.submit(2, 150_000);
    fixture.submit(3);
    log.settle();

    // then
    assertEquals(List.of(1, 1, 1, 1), sizes());
  }

  @Test
  void shouldNumberRequestsThroughoutAllTerms() {
    // given
    log.elect(member);
    for (int i = 0; i < 10; i++) fixture.submit(i);
    log.settle();
    log.elect(other);
    log.elect(member);

    // when
    for (int i = 0; i < 10; i++) fixture.submit(i);
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
    fixture.submit(1);
    time.pass(61_000);
    fixture.submit(2);
    log.settle();

    // then
    assertEquals(
        List.of(61_000L, 62_000L), applied.stream().map(entry -> entry.batch().timeMs()).toList());
  }
}
