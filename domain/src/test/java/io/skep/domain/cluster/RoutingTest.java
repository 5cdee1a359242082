package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private static final int TRIES = 1_000;

  private static int partitionCount(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> 1;
      case 1 -> Routing.MAX_PARTITIONS;
      default -> 1 + random.nextInt(Routing.MAX_PARTITIONS);
    };
  }

  /// @param characters how many there are to choose from
  private static String text(SplittableRandom random, int characters) {
    var text = new StringBuilder();
    int length = random.nextInt(20);
    for (int i = 0; i < length; i++) text.append((char) random.nextInt(characters));
    return text.toString();
  }

  @Test
  void shouldFindThePartitionInTheKey() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          int partition = partitionCount(random);
          long counter = random.nextLong(1L << 51) >> random.nextInt(52);

          // when
          long key = Routing.key(partition, counter);

          // then
          assertEquals(partition, Routing.ofKey(key));
          assertTrue(key > 0);
        });
  }

  @Test
  void shouldKeepKeysApartToTheLastCounter() {
    for (int partition : new int[] {1, 2, Routing.MAX_PARTITIONS}) {
      long last = Routing.key(partition, (1L << 51) - 1);
      assertEquals(partition, Routing.ofKey(last));
      assertEquals(partition, Routing.ofKey(Routing.key(partition, 0)));
      assertTrue(last > 0);
    }
  }

  @Test
  void shouldMakeTheKeysThatClientsKnow() {
    assertEquals(2251799813685249L, Routing.key(1, 1));
    assertEquals(4503599627370497L, Routing.key(2, 1));
  }

  @Test
  void shouldFindNoPartitionInNumbersThatAreNoKeys() {
    // given
    var routing = new Routing(3);

    // then
    assertEquals(0, Routing.ofKey(1));
    assertEquals(-1, Routing.ofKey(-1));
    assertFalse(routing.exists(0));
    assertFalse(routing.exists(-1));
    assertFalse(routing.exists(4));
    assertTrue(routing.exists(1));
    assertTrue(routing.exists(3));
  }

  @Test
  void shouldHashAsciiLikeStrings() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          String correlationKey = text(random, 128);
          int partitionCount = partitionCount(random);

          // then
          assertEquals(
              Math.abs(correlationKey.hashCode() % partitionCount) + 1,
              new Routing(partitionCount).ofCorrelationKey(correlationKey));
        });
  }

  @Test
  void shouldHashIntoTheRange() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          String correlationKey = text(random, 65_536);

          // when
          var routing = new Routing(partitionCount(random));

          // then
          assertTrue(routing.exists(routing.ofCorrelationKey(correlationKey)));
        });
  }

  // Worked out by hand from the rule h = 31 h + b over signed bytes: "ä" is the bytes -61 and -92,
  // so that h = 31 * -61 - 92 = -1983; "€" is -30, -126 and -84, so that
  // h = 31 * (31 * -30 - 126) - 84 = -32820.
  @Test
  void shouldHashTheBytesNotTheCharacters() {
    assertEquals(1983 % 10 + 1, new Routing(10).ofCorrelationKey("ä"));
    assertEquals(32820 % 7 + 1, new Routing(7).ofCorrelationKey("€"));
    assertEquals(1, new Routing(10).ofCorrelationKey(""));
    assertEquals(97 % 10 + 1, new Routing(10).ofCorrelationKey("a"));
  }

  @Test
  void shouldGiveEachPartitionItsTurn() {
    Seeds.of(
        TRIES,
        random -> {
          // given
          int partitionCount = 1 + random.nextInt(200);
          var routing = new Routing(partitionCount);
          long turn = random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextLong();
          long from = Math.min(turn, Long.MAX_VALUE - partitionCount);
          var seen = new TreeSet<Integer>();

          // when
          for (int i = 0; i < partitionCount; i++) seen.add(routing.ofTurn(from + i));

          // then
          assertEquals(partitionCount, seen.size());
          assertEquals(1, seen.first());
          assertEquals(partitionCount, seen.last());
        });
  }

  @Test
  void shouldRefuseCountsThatNoKeyCanHold() {
    assertThrows(IllegalArgumentException.class, () -> new Routing(0));
    assertThrows(IllegalArgumentException.class, () -> new Routing(Routing.MAX_PARTITIONS + 1));
  }
}
