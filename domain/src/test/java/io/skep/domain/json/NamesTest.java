package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.skep.domain.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final String[] SCRIPTS = {"abc", "a1_", "éÿ", "日本", "𝒜a", "\u0080\u00ff"};

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
    var first = JsonObject.parse(bytes("{\"amount\":1,\"customer\":\"x\"}"));

    // when
    var parsed = JsonObject.parse(bytes("{ 'amount' : 2, 'custome\\u0072' : 'yy' }"));
    var read = JsonObject.ofCanonical(bytes("{\"amount\":3,\"customer\":null}"));
    var built = JsonObject.of(List.of("amount", "customer"), List.of(bytes("4"), bytes("5")));

    // then
    for (var object : List.of(parsed, read, built)) {
      assertSame(first.name(0), object.name(0));
      assertSame(first.name(1), object.name(1));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /// They would be kept for good.
  @Test
  void shouldNotKeepLongNames() {
    // given
    var names = new String[] {"n".repeat(100_000)};

    // when
    String[] list = Names.list(names, 1);

    // then
    assertNotSame(list, Names.list(names, 1));
  }
}
