package io.skep.bootstrap.config;

import java.util.List;
import java.util.Locale;

/// A key of the configuration.
///
/// @param name such as `zeebe.broker.network.commandApi.port`
/// @param defaultText as the configuration would spell it; `null` if there is none, and `fallback`
///   says what holds then
/// @param fallback in words, for the reference; empty if there is a default
/// @param aliases other names, most of them from elsewhere or out of date
/// @param description for the reference
record Key<T>(
    String name,
    ValueType<T> type,
    String defaultText,
    String fallback,
    List<Alias> aliases,
    String description) {

  /// @param hint what to tell who uses it; empty if it is as good as the name
  record Alias(String name, String hint) {}

  static <T> Key<T> of(String name, ValueType<T> type, String defaultText, String description) {
    return new Key<>(name, type, defaultText, "", List.of(), description);
  }

  /// A key without a default of its own.
  ///
  /// @param fallback in words, what holds if it is not set
  static <T> Key<T> optional(String name, ValueType<T> type, String fallback, String description) {
    return new Key<>(name, type, null, fallback, List.of(), description);
  }

  Key<T> alias(String other, String hint) {
    var more = new java.util.ArrayList<>(aliases);
    more.add(new Alias(other, hint));
    return new Key<>(name, type, defaultText, fallback, List.copyOf(more), description);
  }

  String environmentName() {
    return environmentName(name);
  }

  static String environmentName(String name) {
    return name.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
  }

  /// Passwords and the like, which are never shown.
  boolean isSecret() {
    return isSecret(name);
  }

  static boolean isSecret(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.contains("password")
        || last.contains("secret")
        || last.endsWith("accountkey")
        || last.endsWith("accesskey")
        || last.endsWith("connectionstring")
        || last.endsWith("token");
  }
}
