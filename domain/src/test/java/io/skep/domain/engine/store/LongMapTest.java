package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongMapTest {
  private static final int STEPS = 60_000;

  @Test
  void shouldHoldWhatAMapHolds() {
    Seeds.of(20, LongMapTest::compareWithMap);
  }

  private static void compareWithMap(SplittableRandom random) {
    // given: so few keys that shards have several, and removed keys come back
    long missing = random.nextBoolean() ? 0 : -1;
    var numbers = new LongMap(missing);
    var map = new HashMap<Long, Long>();
    long keys = 1L << 4 + random.nextInt(14);
    long factor = random.nextBoolean() ? 1 : random.nextLong();

    for (int step = 0; step < STEPS; step++) {
      // when: it grows, then shrinks
      long key = random.nextLong(keys) * factor;
      long before = map.getOrDefault(key, missing);
      boolean adding = random.nextInt(STEPS) > step;

      // then
      assertEquals(before, numbers.get(key));
      if (adding) {
        long value = 1 + random.nextLong(1_000);
        map.put(key, value);
        numbers.put(key, value);
      } else {
        map.remove(key);
        assertEquals(before, numbers.remove(key));
      }
      assertEquals(map.size(), numbers.size());
    }
    map.forEach((key, value) -> assertEquals(value, numbers.get(key)));
    long[] all = numbers.keys();
    Arrays.sort(all);
    assertArrayEquals(map.keySet().stream().mapToLong(Long::longValue).sorted().toArray(), all);
  }
}
