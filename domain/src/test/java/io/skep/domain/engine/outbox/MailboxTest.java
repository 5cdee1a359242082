package io.skep.domain.engine.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.domain.Seeds;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final int STEPS = 2_000;

  @Test
  void shouldHoldWhatIsNotAcknowledgedAlsoAfterATurnWasUndone() {
    Seeds.of(50, MailboxTest::compareWithList);
  }

  private static void compareWithList(SplittableRandom random) {
    // given
    var mailbox = new Mailbox();
    List<Command> expected = new ArrayList<>();
    int mostSent = 1 + random.nextInt(20);

    for (int step = 0; step < STEPS; step++) {
      // when: a turn, and often its end is that nothing happened
      Mailbox before = mailbox.copy();
      var expectedBefore = List.copyOf(expected);
      for (int i = random.nextInt(mostSent); i > 0; i--) {
        var message = new ResolveIncident(random.nextLong());
        mailbox.send(message);
        expected.add(message);
      }
      if (!expected.isEmpty() && random.nextInt(3) == 0) {
        int gone = 1 + random.nextInt(expected.size());
        mailbox.acknowledge(mailbox.firstUnacknowledged() + gone - 1);
        expected.subList(0, gone).clear();
      }
      if (random.nextInt(4) == 0) {
        mailbox = before;
        expected = new ArrayList<>(expectedBefore);
      }

      // then
      assertEquals(expected, contents(mailbox));
      assertEquals(mailbox.lastSent() - expected.size() + 1, mailbox.firstUnacknowledged());
    }
  }

  private static List<Command> contents(Mailbox mailbox) {
    var contents = new ArrayList<Command>();
    for (int i = 0; i < mailbox.unacknowledgedCount(); i++) contents.add(mailbox.unacknowledged(i));
    return contents;
  }

  @Test
  void shouldHaveNothingBeyondTheLast() {
    // given
    var mailbox = new Mailbox();

    // when
    mailbox.send(new ResolveIncident(1));

    // then
    assertThrows(IndexOutOfBoundsException.class, () -> mailbox.unacknowledged(1));
  }
}
