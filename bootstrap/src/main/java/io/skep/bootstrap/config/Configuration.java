package io.skep.bootstrap.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What holds for this process: a value for each key that its role knows, and where it came from.
public final class Configuration {
  static final String DEFAULT = "default";

  private final Role role;
  private final Path home;
  private final Map<Key<?>, Value<?>> values;
  private final List<String> warnings;
  private final List<Path> files;

  Configuration(
      Role role, Path home, Map<Key<?>, Value<?>> values, List<String> warnings, List<Path> files) {
    this.role = role;
    this.home = home;
    this.values = new LinkedHashMap<>(values);
    this.warnings = List.copyOf(warnings);
    this.files = List.copyOf(files);
  }

  /// A value and its origin.
  ///
  /// @param value `null` if the key has no default and is not set
  record Value<T>(Key<T> key, T value, String source) {

    String text() {
      return value == null ? "" : key.type().show().apply(value);
    }
  }

  /// A line of the effective configuration.
  ///
  /// @param value as text; masked if it is a secret
  /// @param source `default` or where it was set
  public record Line(String key, String value, String source) {}

  /// Reads and checks everything.
  ///
  /// @throws ConfigurationException with all problems that were found
  public static Configuration load(Role role, Inputs inputs) {
    return new Binder(role, inputs).bind();
  }

  Role role() {
    return role;
  }

  /// The directory that relative paths start from.
  Path home() {
    return home;
  }

  /// @return `null` if the key is not set and has no default
  <T> T of(Key<T> key) {
    return value(key).value();
  }

  <T> T of(Key<T> key, T fallback) {
    T value = of(key);
    return value == null ? fallback : value;
  }

  /// Where the value came from, such as `config/skep.yaml:12`.
  String source(Key<?> key) {
    return value(key).source();
  }

  @SuppressWarnings("unchecked") // the binder puts a value of the key's type at each key
  private <T> Value<T> value(Key<T> key) {
    Value<?> value = values.get(key);
    if (value == null) throw new IllegalArgumentException("Not a key of this role: " + key.name());
    return (Value<T>) value;
  }

  public List<Line> lines() {
    return values.values().stream()
        .map(
            value ->
                new Line(
                    value.key().name(),
                    value.key().isSecret() && value.value() != null ? "***" : value.text(),
                    value.source()))
        .toList();
  }

  /// What was set but has no effect, or goes by another name.
  public List<String> warnings() {
    return warnings;
  }

  /// Which files were read.
  public List<Path> files() {
    return files;
  }
}
