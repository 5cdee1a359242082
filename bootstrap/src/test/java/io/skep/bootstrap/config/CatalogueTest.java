package io.skep.bootstrap.config;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static final String ONE_PARTITION = "0.partitionId=1,0.nodes.0.nodeId=0";

  /// For each kind of value, one that is no key's default.
  private static final Map<String, String> SAMPLES =
      Map.ofEntries(
          entry("text", "sample"),
          entry("path", "sample"),
          entry("port", "4711"),
          entry("number", "2"),
          entry("size", "48MB"),
          entry("disk size", "1536MB"),
          entry("ratio", "0.25"),
          entry("duration", "17h"),
          entry("boolean", "false"),
          entry("choice", "fixed"),
          entry("list of addresses", "sample:4711"),
          entry("tree", ONE_PARTITION));

  private static final List<KeyOfRole> KEYS = keys();

  @TempDir Path directory;

  record KeyOfRole(Role role, Key<?> key) {
    @Override
    public String toString() {
      return role + " " + key.name();
    }
  }

  static List<KeyOfRole> keys() {
    var keys = new ArrayList<KeyOfRole>();
    for (Role role : Role.values()) {
      for (Key<?> key : Catalogue.of(role).keys()) keys.add(new KeyOfRole(role, key));
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldReadTheKeyFromEnvironmentFileAndCommandLine(KeyOfRole one) {
    // given
    Key<?> key = one.key();
    String sample = SAMPLES.get(key.type().kind());
    Object expected = key.type().parser().apply(sample);

    // when
    var variable = given(one).variable(key.environmentName(), sample).load(one.role());
    var file =
        given(one).yaml("x.yaml", key.name() + ": " + sample).configFile("x.yaml").load(one.role());
    var argument = given(one).argument(key.name() + "=" + sample).load(one.role());

    // then
    assertEquals(expected, variable.of(key));
    assertEquals(expected, file.of(key));
    assertEquals(expected, argument.of(key));
    assertEquals("x.yaml:1", file.source(key));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldReadTheKeyUnderEachOfItsOtherNames(KeyOfRole one) {
    for (Key.Alias alias : one.key().aliases()) {
      // given
      String sample = SAMPLES.get(one.key().type().kind());

      // when
      var configuration =
          given(one).variable(Key.environmentName(alias.name()), sample).load(one.role());

      // then
      assertEquals(one.key().type().parser().apply(sample), configuration.of(one.key()));
      assertEquals(alias.hint().isEmpty(), configuration.warnings().isEmpty());
    }
  }

  /// Other keys that have to fit.
  private Given given(KeyOfRole one) {
    var given = new Given(directory);
    boolean counts = one.key().type().kind().equals("number");
    if (counts && !one.key().equals(BrokerKeys.CLUSTER_SIZE) && one.role() == Role.BROKER) {
      given.property("zeebe.broker.cluster.clusterSize", "3");
    }
    if (one.key().equals(NetworkKeys.MAX_MESSAGE_SIZE)) {
      given.property("zeebe.broker.data.logSegmentSize", "64MB");
    }
    if (one.key().equals(PartitioningKeys.SCHEME)) {
      given.property(PartitioningKeys.FIXED.name(), ONE_PARTITION);
    }
    return given;
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldAcceptItsOwnDefaultAndShowItTheSame(KeyOfRole one) {
    // given
    Key<?> key = one.key();

    // then
    if (key.defaultText() == null) {
      assertFalse(key.fallback().isEmpty());
    } else {
      assertEquals(key.defaultText(), shown(key));
    }
    assertFalse(key.description().isEmpty() || key.description().endsWith("."));
  }

  private static <T> String shown(Key<T> key) {
    return key.type().show().apply(key.type().parser().apply(key.defaultText()));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void shouldGiveEachNameToOneKeyOnly(Role role) {
    // given
    Catalogue catalogue = Catalogue.of(role);
    var paths = new HashSet<String>();

    // then
    for (Key<?> key : catalogue.keys()) {
      assertTrue(paths.add(Paths.ofName(key.name())), key.name());
      for (Key.Alias alias : key.aliases()) {
        assertTrue(paths.add(Paths.ofName(alias.name())), alias.name());
      }
      assertNull(exact(catalogue, key.name()), key.name() + " is supported after all");
    }
  }

  private static KnownKey exact(Catalogue catalogue, String name) {
    return catalogue.known().stream()
        .filter(known -> known.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  private static KeyOfRole anyKey(SplittableRandom random) {
    return KEYS.get(random.nextInt(KEYS.size()));
  }

  @Test
  void shouldReadTheKeyInAnySpelling() {
    Seeds.of(
        500,
        random -> {
          // given
          KeyOfRole one = anyKey(random);
          String spelling = spell(one.key().name(), random);

          // when
          Key<?> found = Catalogue.of(one.role()).key(Paths.ofName(spelling));

          // then
          assertEquals(one.key(), found, spelling);
        });
  }

  /// The name in a spelling of its own: case changed, `-` and `_` put in anywhere but around dots.
  private static String spell(String name, SplittableRandom random) {
    var spelling = new StringBuilder();
    for (char c : name.toCharArray()) {
      if (c != '.') {
        int choice = random.nextInt(6);
        if (choice == 0 && !spelling.isEmpty()) spelling.append('-');
        if (choice == 1 && !spelling.isEmpty()) spelling.append('_');
        c = random.nextBoolean() ? Character.toUpperCase(c) : Character.toLowerCase(c);
      }
      spelling.append(c);
    }
    return spelling.toString();
  }

  @Test
  void shouldNotTakeAnUnderscoreWithinAWordOfAVariable() {
    Seeds.of(
        500,
        random -> {
          // given
          KeyOfRole one = anyKey(random);
          String name = one.key().environmentName();
          int at = 1 + random.nextInt(name.length() - 1);
          if (name.charAt(at) == '_' || name.charAt(at - 1) == '_') return;
          String split = name.substring(0, at) + "_" + name.substring(at);

          // when
          Key<?> found = Catalogue.of(one.role()).key(Paths.ofVariable(split));

          // then
          assertNull(found, split);
        });
  }

  @Test
  void shouldFindTheKeyNearestToATypingMistake() {
    Seeds.of(
        300,
        random -> {
          // given
          KeyOfRole one = anyKey(random);
          String path = Paths.ofName(one.key().name());
          int at = random.nextInt(path.length());
          String mistyped = path.substring(0, at) + "q" + path.substring(at);

          // when
          String nearest = Distance.nearest(mistyped, Catalogue.of(one.role()).names());

          // then
          assertEquals(1, Distance.between(mistyped, Paths.ofName(nearest)), mistyped);
        });
  }

  @Test
  void shouldHaveASampleForEachKindOfValue() {
    Stream.of(Role.values())
        .flatMap(role -> Catalogue.of(role).keys().stream())
        .forEach(key -> assertTrue(SAMPLES.containsKey(key.type().kind()), key.type().kind()));
  }

  @Test
  void shouldHideSecrets() {
    for (String name :
        List.of("a.keyStore.password", "a.clientSecret", "a.secretKey", "a.accessKey", "a.token")) {
      assertTrue(Key.isSecret(name), name);
    }
    assertFalse(Key.isSecret("zeebe.broker.network.commandApi.port"));
  }

  @Test
  void shouldNotShowASecretInAProblem() throws Exception {
    // given
    Files.createDirectories(directory);
    var given = new Given(directory).argument("zeebe.broker.network.security.keyStore.password=x1");

    // when
    Configuration configuration = given.broker();

    // then
    assertFalse(configuration.warnings().toString().contains("x1"));
  }
}
