package io.skep.bootstrap.config;

import io.skep.bootstrap.config.Configuration.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the value of each key, and fault with what is no value or no key. Finds all faults before
/// it gives up, so that nobody has to start ten times to get ten lines right.
final class Binder {
  private final Role role;
  private final Inputs inputs;
  private final Catalogue catalogue;
  private final Placeholders placeholders;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  Binder(Role role, Inputs inputs) {
    this.role = role;
    this.inputs = inputs;
    this.catalogue = Catalogue.of(role);
    this.placeholders = new Placeholders(inputs.variables());
  }

  Configuration bind() {
    Sources sources = Sources.read(inputs);
    var names = new NameCheck(role, catalogue);
    names.check(sources);
    problems.addAll(names.problems());
    warnings.addAll(names.warnings());

    Map<Key<?>, Value<?>> values = new LinkedHashMap<>();
    for (Key<?> key : catalogue.keys()) values.put(key, value(key, sources.all()));
    if (problems.isEmpty()) {
      var configuration =
          new Configuration(role, inputs.home(), values, List.copyOf(warnings), sources.files());
      problems.addAll(ValueChecks.problems(configuration));
      if (problems.isEmpty()) return configuration;
    }
    throw new ConfigurationException(problems);
  }

  private <T> Value<T> value(Key<T> key, List<List<Setting>> sources) {
    for (List<Setting> source : sources) {
      Setting setting = find(key, source);
      if (setting != null) return parse(key, setting);
    }
    T value = key.defaultText() == null ? null : key.type().parser().apply(key.defaultText());
    return new Value<>(key, value, Configuration.DEFAULT);
  }

  /// What a source says of a key; of several names the key's own counts first.
  private static Setting find(Key<?> key, List<Setting> source) {
    Setting found = find(key, Paths.ofName(key.name()), source);
    for (Key.Alias alias : key.aliases()) {
      if (found == null) found = find(key, Paths.ofName(alias.name()), source);
    }
    return found;
  }

  private static Setting find(Key<?> key, String path, List<Setting> source) {
    for (Setting setting : source) {
      boolean unset = setting.value().isEmpty() && !key.type().takesEmpty();
      if (setting.path().equals(path) && !unset) return setting;
    }
    if (key.type().isTree()) return tree(path, source);
    return key.type().isList() ? items(path, source) : null;
  }

  /// What a source says below a name, as one value.
  private static Setting tree(String path, List<Setting> source) {
    var items =
        source.stream()
            .filter(setting -> setting.path().startsWith(path + "."))
            .filter(setting -> !setting.value().isEmpty())
            .toList();
    if (items.isEmpty()) return null;
    String joined =
        items.stream()
            .map(item -> item.path().substring(path.length() + 1) + "=" + item.value())
            .collect(Collectors.joining(","));
    return new Setting(path, items.getFirst().name(), joined, items.getFirst().origin());
  }

  /// A list that was set item by item, `key[0]` or `KEY_0`, put together.
  private static Setting items(String path, List<Setting> source) {
    var items =
        source.stream()
            .filter(setting -> setting.path().startsWith(path + "."))
            .filter(setting -> setting.path().substring(path.length() + 1).matches("\\d{1,4}"))
            .sorted(
                Comparator.comparingInt(
                    setting -> Integer.parseInt(setting.path().substring(path.length() + 1))))
            .toList();
    if (items.isEmpty()) return null;
    String joined = String.join(",", items.stream().map(Setting::value).toList());
    return new Setting(path, items.getFirst().name(), joined, items.getFirst().origin());
  }

  private <T> Value<T> parse(Key<T> key, Setting setting) {
    try {
      String text = placeholders.fill(setting.value());
      try {
        return new Value<>(key, key.type().parser().apply(text), setting.origin());
      } catch (IllegalArgumentException e) {
        problems.add(
            "Expected %s to be %s, but it is '%s' (%s)"
                .formatted(
                    key.name(),
                    key.type().accepts(),
                    key.isSecret() ? "***" : text,
                    setting.origin()));
      }
    } catch (IllegalArgumentException e) {
      problems.add(
          "Expected a value for %s, but %s (%s)"
              .formatted(key.name(), e.getMessage(), setting.origin()));
    }
    return new Value<>(key, null, setting.origin());
  }
}
