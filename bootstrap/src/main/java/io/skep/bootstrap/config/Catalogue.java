package io.skep.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All keys that a role knows. What reads, checks, shows and documents the configuration goes by
/// it.
final class Catalogue {
  private final List<Key<?>> keys;
  private final List<KnownKey> known;
  private final Map<String, Key<?>> byPath = new LinkedHashMap<>();

  private Catalogue(List<Key<?>> keys, List<KnownKey> known) {
    this.keys = keys;
    this.known = known;
    for (Key<?> key : keys) {
      byPath.put(Paths.ofName(key.name()), key);
      for (Key.Alias alias : key.aliases()) byPath.put(Paths.ofName(alias.name()), key);
    }
  }

  static Catalogue of(Role role) {
    return switch (role) {
      case BROKER ->
          new Catalogue(
              Lists.concat(
                  NetworkKeys.ALL,
                  BrokerKeys.ALL,
                  PartitioningKeys.ALL,
                  SecurityKeys.BROKER_NETWORK.all(),
                  SecurityKeys.EMBEDDED_GATEWAY.all(),
                  GatewayKeys.EMBEDDED.common(),
                  RecordKeys.ALL),
              KnownKeys.of(role));
      case GATEWAY ->
          new Catalogue(
              Lists.concat(
                  GatewayKeys.STANDALONE.common(),
                  GatewayKeys.standaloneOnly(),
                  SecurityKeys.GATEWAY.all(),
                  SecurityKeys.GATEWAY_CLUSTER.all()),
              KnownKeys.of(role));
    };
  }

  /// In the order of the reference.
  List<Key<?>> keys() {
    return keys;
  }

  List<KnownKey> known() {
    return known;
  }

  /// The key of this path, or of one of its aliases, or whose list the path is an item of; `null`
  /// if there is none.
  Key<?> key(String path) {
    Key<?> key = byPath.get(path);
    if (key != null) return key;
    for (Key<?> tree : keys) {
      if (tree.type().isTree() && path.startsWith(Paths.ofName(tree.name()) + ".")) return tree;
    }
    int dot = path.lastIndexOf('.');
    if (dot < 0 || !path.substring(dot + 1).matches("\\d{1,4}")) return null;
    Key<?> list = byPath.get(path.substring(0, dot));
    return list != null && list.type().isList() ? list : null;
  }

  /// The unsupported key that this path means; `null` if there is none.
  KnownKey known(String path) {
    for (KnownKey key : known) {
      String known = Paths.ofName(key.name());
      if (path.equals(known)) return key;
      if (!known.endsWith(".*")) continue;
      String parent = known.substring(0, known.length() - 2);
      if (path.equals(parent) || path.startsWith(parent + ".")) return key;
    }
    return null;
  }

  /// The names of all keys, supported or not, patterns left out.
  List<String> names() {
    var names = new ArrayList<String>();
    for (Key<?> key : keys) {
      names.add(key.name());
      key.aliases().stream()
          .filter(alias -> alias.hint().isEmpty())
          .forEach(alias -> names.add(alias.name()));
    }
    for (KnownKey key : known) {
      if (!key.name().endsWith(".*")) names.add(key.name());
    }
    return names;
  }
}
