package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonPropertiesTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int RUNS = 3_000;

  @Test
  void shouldKeepCanonicalTextAsItIs() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      // given
      byte[] text = new RandomJson(seed).canonical.toString().getBytes(UTF_8);

      // when
      var object = JsonObject.parse(text);

      // then
      if (!object.isEmpty()) assertSame(text, object.text(), repeat(seed));
    }
  }

  @Test
  void shouldBringAnyWritingIntoCanonicalForm() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      // given
      var json = new RandomJson(seed);

      // when
      var object = JsonObject.parse(json.sent.toString().getBytes(UTF_8));

      // then
      assertEquals(json.canonical.toString(), object.toString(), repeat(seed));
      assertSameMembers(object, JsonObject.ofCanonical(object.text()), seed);
    }
  }

  @Test
  void shouldPutTheSameObjectTogetherFromItsMembers() {
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      // given
      var object = JsonObject.parse(new RandomJson(seed).canonical.toString().getBytes(UTF_8));

      // when
      var builder = new JsonObject.Builder();
      for (int i = 0; i < object.size(); i++) {
        if ((i & 1) == 0) builder.append(object.name(i), object, i);
        else builder.append(object.name(i), object.value(i));
      }

      // then
      assertSameMembers(object, builder.build(), seed);
    }
  }

  @Test
  void shouldThrowNothingElseWhateverComes() {
    var random = new SplittableRandom(SEED);
    for (long seed = SEED; seed < SEED + RUNS; seed++) {
      // given
      byte[] text = new RandomJson(seed).sent.toString().getBytes(UTF_8);
      for (int change = 0; change <= random.nextInt(3); change++) {
        text[random.nextInt(text.length)] = (byte) random.nextInt(256);
      }
      text = java.util.Arrays.copyOf(text, random.nextInt(text.length + 1));

      // when
      JsonObject object;
      try {
        object = JsonObject.parse(text);
      } catch (JsonSyntaxException e) {
        tryCanonical(text);
        continue;
      }

      // then
      assertSameMembers(object, JsonObject.parse(object.text()), seed);
      assertSameMembers(object, JsonObject.ofCanonical(object.text()), seed);
    }
  }

  private static void tryCanonical(byte[] text) {
    try {
      JsonObject.ofCanonical(text);
    } catch (JsonSyntaxException e) {
      // That is what may come.
    }
  }

  private static void assertSameMembers(JsonObject expected, JsonObject found, long seed) {
    assertEquals(expected, found, repeat(seed));
    assertEquals(expected.size(), found.size(), repeat(seed));
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.name(i), found.name(i), repeat(seed));
      assertEquals(
          new String(expected.value(i), UTF_8), new String(found.value(i), UTF_8), repeat(seed));
      assertEquals(i, found.indexOf(expected.name(i)), repeat(seed));
    }
  }

  private static String repeat(long seed) {
    return "repeat with -Dseed=" + seed;
  }
}
