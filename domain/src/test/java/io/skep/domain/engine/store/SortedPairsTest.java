package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedPairsTest {
  private static final int STEPS = 4_000;

  private record Pair(long major, long minor) {}

  private static final Comparator<Pair> ORDER =
      Comparator.comparingLong(Pair::major).thenComparingLong(Pair::minor);

  @Test
  void shouldHoldWhatASetOfPairsHolds() {
    Seeds.of(30, SortedPairsTest::compareWithSet);
  }

  private static void compareWithSet(SplittableRandom random) {
    // given
    var pairs = new SortedPairs();
    var set = new TreeSet<Pair>(ORDER);
    int majors = 1 + random.nextInt(200);
    int minors = 1 + random.nextInt(200);

    for (int step = 0; step < STEPS; step++) {
      // when: it grows, then shrinks
      var pair = new Pair(random.nextInt(-majors, majors), random.nextInt(minors));
      boolean adding = random.nextInt(STEPS) > step;

      // then
      if (adding) assertEquals(set.add(pair), pairs.add(pair.major, pair.minor));
      else assertEquals(set.remove(pair), pairs.remove(pair.major, pair.minor));
      if (step % 50 == 0 && !set.isEmpty()) {
        Pair there = set.ceiling(pair);
        if (there == null) there = set.first();
        assertTrue(set.remove(there) && pairs.remove(there.major, there.minor));
      }
      assertEquals(set.size(), pairs.size());
      assertEquals(set.isEmpty(), pairs.isEmpty());
      assertEquals(set.isEmpty() ? 7 : set.first().major, pairs.lowestMajor(7));
      Pair above = set.higher(pair);
      long expected = above == null || above.major != pair.major ? -1 : above.minor;
      assertEquals(expected, pairs.minorAbove(pair.major, pair.minor, -1));
      if (step % 100 == 0) {
        assertEquals(List.copyOf(set), all(pairs.from(Long.MIN_VALUE, Long.MIN_VALUE)));
        assertEquals(List.copyOf(set.tailSet(pair)), all(pairs.from(pair.major, pair.minor)));
      }
    }
  }

  private static List<Pair> all(SortedPairs.Cursor cursor) {
    var all = new ArrayList<Pair>();
    for (; !cursor.atEnd(); cursor.advance()) all.add(new Pair(cursor.major(), cursor.minor()));
    return all;
  }
}
