package io.skep.domain.engine.variable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VariableScopeTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @Test
  void shouldKeepTheDocumentThatHasBroughtAllVariables() {
    // given
    JsonObject document = object("{\"a\":1,\"b\":\"two\"}");
    var scope = new VariableScope();

    // when
    scope.add(1, document, 0);

    // then
    assertNull(scope.document());
    assertEquals(-1, scope.indexOf("b"));

    // when
    scope.add(2, document, 1);

    // then
    assertSame(document, scope.document());
    assertEquals(2, scope.key(scope.indexOf("b")));
  }

  @Test
  void shouldKnowItsVariablesWhateverBroughtThem() {
    for (long seed = SEED; seed < SEED + 300; seed++) {
      var random = new SplittableRandom(seed);
      var scope = new VariableScope();
      var expected = new LinkedHashMap<String, String>();
      for (int step = 0; step < 6; step++) {
        // given
        VariableScope before = scope;
        var beforeExpected = new LinkedHashMap<>(expected);
        if (random.nextBoolean()) scope = scope.copy();

        // when
        assign(scope, expected, document(random), random);

        // then
        check(scope, expected, seed);
        if (before != scope) check(before, beforeExpected, seed);
      }
    }
  }

  private static void assign(
      VariableScope scope, Map<String, String> expected, JsonObject from, SplittableRandom random) {
    for (int member = 0; member < from.size(); member++) {
      if (random.nextInt(8) == 0) continue;
      String name = from.name(member);
      String value = new String(from.value(member), UTF_8);
      int at = scope.indexOf(name);
      assertEquals(expected.containsKey(name), at >= 0);
      if (at < 0) scope.add(name.hashCode(), from, member);
      else if (scope.hasValue(at, from, member)) assertEquals(expected.get(name), value);
      else scope.set(at, from.value(member));
      expected.put(name, value);
    }
  }

  private static void check(VariableScope scope, Map<String, String> expected, long seed) {
    String repeat = "repeat with -Dseed=" + seed;
    var object = new JsonObject.Builder();
    var names = new ArrayList<String>();
    for (int i = 0; i < scope.size(); i++) {
      names.add(scope.name(i));
      scope.appendTo(object, i);
      assertEquals(i, scope.indexOf(scope.name(i)), repeat);
      assertEquals(scope.name(i).hashCode(), scope.key(i), repeat);
      assertEquals(expected.get(scope.name(i)), new String(scope.value(i), UTF_8), repeat);
    }
    assertEquals(List.copyOf(expected.keySet()), names, repeat);
    if (scope.document() != null)
      assertArrayEquals(object.build().text(), scope.document().text(), repeat);
  }

  @Test
  void shouldTellValuesApart() {
    // given
    JsonObject document = object("{\"a\":12,\"b\":1,\"c\":12}");
    var whole = new VariableScope();
    var apart = new VariableScope();
    whole.add(1, document, 0);
    apart.add(1, "a", "12".getBytes(UTF_8));

    for (VariableScope scope : List.of(whole, apart)) {
      // then
      assertFalse(scope.hasValue(0, document, 1));
      assertTrue(scope.hasValue(0, document, 2));
    }
  }

  /// Now and then one of so many members that names are looked up by an index.
  private static JsonObject document(SplittableRandom random) {
    var object = new JsonObject.Builder();
    int size = random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      String name = "v" + random.nextInt(size * 2);
      if (!object.has(name)) object.append(name, String.valueOf(random.nextInt(3)).getBytes(UTF_8));
    }
    return object.build();
  }

  private static JsonObject object(String text) {
    return JsonObject.parse(text.getBytes(UTF_8));
  }
}
