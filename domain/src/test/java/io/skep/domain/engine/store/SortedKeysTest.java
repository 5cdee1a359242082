package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SortedKeysTest {
  private static final int STEPS = 6_000;

  @Test
  void shouldHoldWhatASetHolds() {
    Seeds.of(30, SortedKeysTest::compareWithSet);
  }

  private static void compareWithSet(SplittableRandom random) {
    // given: some at once
    var keys = new SortedKeys();
    var set = new TreeSet<Long>();
    int range = 1 + random.nextInt(5_000);
    for (int i = random.nextInt(2_000); i > 0; i--) set.add(random.nextLong(-range, range));
    var all = new ArrayList<>(set);
    for (int i = all.size() - 1; i > 0; i--) all.set(i, all.set(random.nextInt(i), all.get(i)));
    keys.addAll(all.stream().mapToLong(key -> key).toArray(), all.size());
    long highest = range;

    for (int step = 0; step < STEPS; step++) {
      // when: it grows, then shrinks; at its ends more than in the middle
      boolean adding = random.nextInt(STEPS) > step;
      boolean atAnEnd = random.nextBoolean();
      long key = random.nextLong(-range, range);
      if (atAnEnd && adding) key = highest++;
      else if (atAnEnd && !set.isEmpty()) key = set.first();

      // then
      if (adding) assertEquals(set.add(key), keys.add(key));
      else assertEquals(set.remove(key), keys.remove(key));
      assertEquals(set.size(), keys.size());
      assertEquals(set.isEmpty(), keys.isEmpty());
      Long above = set.higher(key);
      assertEquals(above == null ? Long.MIN_VALUE : above, keys.above(key, Long.MIN_VALUE));
      if (step % 200 == 0) assertEquals(List.copyOf(set), all(keys));
    }
  }

  private static List<Long> all(SortedKeys keys) {
    var all = new ArrayList<Long>();
    long key = Long.MIN_VALUE;
    while ((key = keys.above(key, Long.MIN_VALUE)) != Long.MIN_VALUE) all.add(key);
    return all;
  }
}
