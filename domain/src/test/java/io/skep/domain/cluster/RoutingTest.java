package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RoutingTest {

  @Property
  void shouldFindThePartitionInTheKey(
      @ForAll @IntRange(min = 1, max = Routing.MAX_PARTITIONS) int partition,
      @ForAll @LongRange(min = 0, max = (1L << 51) - 1) long counter) {
    // when
    long key = Routing.key(partition, counter);

    // then
    assertEquals(partition, Routing.ofKey(key));
    assertTrue(key > 0);
  }

  @Example
  void shouldMakeTheKeysThatClientsKnow() {
    assertEquals(2251799813685249L, Routing.key(1, 1));
    assertEquals(4503599627370497L, Routing.key(2, 1));
  }

  @Example
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

  @Property
  void shouldHashAsciiLikeStrings(
      @ForAll @CharRange(to = '\u007f') String correlationKey,
      @ForAll @IntRange(min = 1, max = Routing.MAX_PARTITIONS) int partitionCount) {
    assertEquals(
        Math.abs(correlationKey.hashCode() % partitionCount) + 1,
        new Routing(partitionCount).ofCorrelationKey(correlationKey));
  }

  @Property
  void shouldHashIntoTheRange(
      @ForAll String correlationKey,
      @ForAll @IntRange(min = 1, max = Routing.MAX_PARTITIONS) int partitionCount) {
    // when
    var routing = new Routing(partitionCount);

    // then
    assertTrue(routing.exists(routing.ofCorrelationKey(correlationKey)));
  }

  // Worked out by hand from the rule h = 31 h + b over signed bytes: "ä" is the bytes -61 and -92,
  // so
  // that h = 31 * -61 - 92 = -1983; "€" is -30, -126 and -84, so that h = 31 * (31 * -30 - 126) -
  // 84 = -32820.
  @Example
  void shouldHashTheBytesNotTheCharacters() {
    assertEquals(1983 % 10 + 1, new Routing(10).ofCorrelationKey("ä"));
    assertEquals(32820 % 7 + 1, new Routing(7).ofCorrelationKey("€"));
    assertEquals(1, new Routing(10).ofCorrelationKey(""));
    assertEquals(97 % 10 + 1, new Routing(10).ofCorrelationKey("a"));
  }

  @Property
  void shouldGiveEachPartitionItsTurn(
      @ForAll @IntRange(min = 1, max = 200) int partitionCount, @ForAll long turn) {
    // given
    var routing = new Routing(partitionCount);
    long from = Math.min(turn, Long.MAX_VALUE - partitionCount);
    var seen = new TreeSet<Integer>();

    // when
    for (int i = 0; i < partitionCount; i++) seen.add(routing.ofTurn(from + i));

    // then
    assertEquals(partitionCount, seen.size());
    assertEquals(1, seen.first());
    assertEquals(partitionCount, seen.last());
  }

  @Example
  void shouldRefuseCountsThatNoKeyCanHold() {
    assertThrows(IllegalArgumentException.class, () -> new Routing(0));
    assertThrows(IllegalArgumentException.class, () -> new Routing(Routing.MAX_PARTITIONS + 1));
  }
}
