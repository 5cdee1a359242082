package io.skep.domain.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.skep.domain.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ObjectMapTest {
  private static final int STEPS = 60_000;

  @Test
  void shouldHoldWhatAMapHolds() {
    Seeds.of(20, ObjectMapTest::compareWithMap);
  }

  private static void compareWithMap(SplittableRandom random) {
    // given: so few keys that removed ones come back, or so many that there are several blocks
    var objects = new ObjectMap<String>();
    var map = new HashMap<Long, String>();
    long keys = 1L << 4 + random.nextInt(14);
    long factor = random.nextBoolean() ? 1 : random.nextLong();

    for (int step = 0; step < STEPS; step++) {
      // when: it grows, then shrinks
      long key = random.nextLong(keys) * factor;
      boolean adding = random.nextInt(STEPS) > step;

      // then
      assertEquals(map.get(key), objects.get(key));
      if (adding) assertEquals(map.put(key, "value " + step), objects.put(key, "value " + step));
      else assertEquals(map.remove(key), objects.remove(key));
      assertEquals(map.size(), objects.size());
    }
    assertHolds(map, objects);
  }

  private static void assertHolds(Map<Long, String> expected, ObjectMap<String> objects) {
    expected.forEach((key, value) -> assertEquals(value, objects.get(key)));
    long[] keys = objects.keys();
    Arrays.sort(keys);
    assertArrayEquals(
        expected.keySet().stream().mapToLong(Long::longValue).sorted().toArray(), keys);
  }

  @Test
  void shouldTakeAllOfAnother() {
    // given
    var objects = new ObjectMap<String>();
    objects.put(1, "one");
    objects.put(2, "two");
    var other = new ObjectMap<String>();
    other.put(2, "another");
    for (int key = 10; key < 2_000; key++) other.put(key, "of " + key);

    // when
    objects.putAll(other);

    // then
    var expected = new HashMap<Long, String>();
    for (long key : other.keys()) expected.put(key, other.get(key));
    expected.put(1L, "one");
    assertHolds(expected, objects);
    assertEquals("another", objects.get(2));
  }
}
