package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.skep.domain.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final String[] SCRIPTS = {"abc", "a1_", "éÿ", "日本", "𝒜a", "\u0080\u00ff"};

  @Test
  void shouldReadAnyNameAsItIs() {
    Seeds.of(20, NamesTest::readMany);
  }

  /// So many that many have the hash of another.
  private static void readMany(SplittableRandom random) {
    for (int i = 0; i < 20_000; i++) {
      String name = name(random);
      byte[] text = ("-" + name + "-").getBytes(UTF_8);
      assertEquals(name, Names.of(text, 1, text.length - 1));
    }
  }

  private static String name(SplittableRandom random) {
    int[] script = SCRIPTS[random.nextInt(SCRIPTS.length)].codePoints().toArray();
    var name = new StringBuilder();
    int length = random.nextInt(random.nextInt(8) == 0 ? 60 : 6);
    for (int i = 0; i < length; i++) name.appendCodePoint(script[random.nextInt(script.length)]);
    return name.toString();
  }

  @Test
  void shouldGiveAnyListAsItIs() {
    Seeds.of(20, NamesTest::listMany);
  }

  private static void listMany(SplittableRandom random) {
    for (int i = 0; i < 5_000; i++) {
      var names = new String[20];
      for (int n = 0; n < names.length; n++) names[n] = name(random);
      int size = random.nextInt(names.length);
      assertArrayEquals(Arrays.copyOf(names, size), Names.list(names, size));
    }
  }

  @Test
  void shouldShareNamesAmongObjects() {
    // given
    var first = JsonObject.parse("{\"amount\":1,\"customer\":\"x\"}".getBytes(UTF_8));

    // when
    var parsed = JsonObject.parse("{ 'amount' : 2, 'customer' : 'yy' }".getBytes(UTF_8));
    var read = JsonObject.ofCanonical("{\"amount\":3,\"customer\":null}".getBytes(UTF_8));

    // then
    for (int i = 0; i < first.size(); i++) assertSame(first.name(i), read.name(i));
    assertEquals("customer", parsed.name(1));
    var names = new String[] {"amount", "customer", null};
    assertSame(Names.list(names, 2), Names.list(names.clone(), 2));
  }

  /// They would be kept for good.
  @Test
  void shouldNotKeepLongNames() {
    // given
    String name = "n".repeat(100_000);
    byte[] text = name.getBytes(UTF_8);

    // when
    String first = Names.of(text, 0, text.length);
    String[] list = Names.list(new String[] {first}, 1);

    // then
    assertNotSame(first, Names.of(text, 0, text.length));
    assertNotSame(list, Names.list(new String[] {first}, 1));
  }
}
