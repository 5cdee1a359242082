package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueTriggerTest {
  private final SimulatedTime time = new SimulatedTime();

  /// Who waits for the outcome of each trigger that was proposed.
  private final List<Reply.Listener> proposed = new ArrayList<>();

  private final DueTrigger trigger =
      new DueTrigger(
          time,
          time,
          (command, listener) -> {
            assertEquals(new TriggerDue(), command);
            proposed.add(listener);
          });

  @BeforeEach
  void lead() {
    trigger.reset();
  }

  @Test
  void shouldProposeOnceWhenSomethingIsDue() {
    // given
    trigger.arm(time.nowMs() + 1_000);

    // when
    time.pass(999);

    // then
    assertEquals(0, proposed.size());

    // when
    time.pass(10_000);

    // then
    assertEquals(1, proposed.size());
  }

  @Test
  void shouldProposeAtOnceWhatIsOverdue() {
    // when
    trigger.arm(time.nowMs() - 1_000);
    time.pass(0);

    // then
    assertEquals(1, proposed.size());
  }

  @Test
  void shouldProposeEarlierIfSomethingIsDueEarlier() {
    // given
    trigger.arm(time.nowMs() + 10_000);

    // when
    trigger.arm(time.nowMs() + 1_000);
    time.pass(1_000);

    // then
    assertEquals(1, proposed.size());
  }

  @Test
  void shouldProposeLaterIfWhatWasDueHasGone() {
    // given
    trigger.arm(time.nowMs() + 1_000);

    // when
    trigger.arm(time.nowMs() + 5_000);
    time.pass(4_999);

    // then
    assertEquals(0, proposed.size());

    // when
    time.pass(1);

    // then
    assertEquals(1, proposed.size());
  }

  @Test
  void shouldProposeNothingIfNothingIsDueAnyMore() {
    // given
    trigger.arm(time.nowMs() + 1_000);

    // when
    trigger.arm(Long.MAX_VALUE);
    time.pass(100_000);

    // then
    assertEquals(0, proposed.size());
    assertEquals(0, time.scheduled());
  }

  @Test
  void shouldGoOnWithTheNextOnceTheLastHasBeenDone() {
    // given
    trigger.arm(time.nowMs() + 1_000);
    time.pass(1_000);
    trigger.arm(time.nowMs() + 500);

    // when: the first is still under way
    time.pass(500);

    // then
    assertEquals(1, proposed.size());

    // when
    done();
    time.pass(0);

    // then
    assertEquals(2, proposed.size());
  }

  @Test
  void shouldTryAgainIfATriggerCameToNothing() {
    // given
    trigger.arm(time.nowMs());
    time.pass(0);

    // when
    proposed.getFirst().onReply(new Reply.Refused(Reply.Reason.RESOURCE_EXHAUSTED, "", -1));
    time.pass(1_000);

    // then
    assertEquals(2, proposed.size());
  }

  @Test
  void shouldBeSilentAfterTheLeadIsLost() {
    // given
    trigger.arm(time.nowMs() + 1_000);

    // when
    trigger.stop();
    time.pass(100_000);

    // then
    assertEquals(0, proposed.size());
    assertEquals(0, time.scheduled());

    // when: a trigger of the time before comes back
    trigger.reset();
    trigger.arm(time.nowMs());
    time.pass(0);
    trigger.stop();
    done();
    time.pass(100_000);

    // then
    assertEquals(1, proposed.size());
  }

  @Test
  void shouldWorkAgainInANewLead() {
    // given: the trigger of a former lead never came back
    trigger.arm(time.nowMs());
    time.pass(0);
    trigger.stop();

    // when
    trigger.reset();
    trigger.arm(time.nowMs());
    time.pass(0);

    // then
    assertEquals(2, proposed.size());
  }

  @Test
  void shouldWaitForTimesThatAreFarAway() {
    // when
    trigger.arm(Long.MAX_VALUE - 1);
    time.pass(1_000_000_000);

    // then
    assertEquals(0, proposed.size());
  }

  private void done() {
    proposed.getLast().onReply(new Reply.Answered(new Answer.Done(-1)));
  }
}
