package io.skep.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds fault with names: those that nobody knows, and those that have no effect.
final class NameCheck {
  private final Catalogue catalogue;
  private final Catalogue otherRole;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();

  NameCheck(Role role, Catalogue catalogue) {
    this.catalogue = catalogue;
    this.otherRole = Catalogue.of(role == Role.BROKER ? Role.GATEWAY : Role.BROKER);
  }

  void check(Sources sources) {
    for (Setting setting : sources.commandLine()) check(setting, true);
    for (List<Setting> source : sources.others()) {
      for (Setting setting : source) check(setting, false);
    }
  }

  List<String> problems() {
    return problems;
  }

  Set<String> warnings() {
    return warnings;
  }

  /// @param mustBeOurs whether what does not look like a key of ours is a mistake; a file may hold
  ///   what other programs read
  private void check(Setting setting, boolean mustBeOurs) {
    Key<?> key = catalogue.key(setting.path());
    if (key != null) {
      hint(key, setting);
      return;
    }
    KnownKey known = catalogue.known(setting.path());
    if (known != null) {
      unsupported(known, setting);
      return;
    }
    // One file for brokers and gateways is fine.
    if (otherRole.key(setting.path()) != null || otherRole.known(setting.path()) != null) return;
    if (mustBeOurs || looksOurs(setting.path())) problems.add(unknown(setting));
  }

  private void hint(Key<?> key, Setting setting) {
    for (Key.Alias alias : key.aliases()) {
      if (!alias.hint().isEmpty() && Paths.ofName(alias.name()).equals(setting.path())) {
        warnings.add("%s (%s): %s".formatted(setting.name(), setting.origin(), alias.hint()));
      }
    }
  }

  private void unsupported(KnownKey known, Setting setting) {
    if (known.isHarmless(setting.value())) return;
    String value = Key.isSecret(setting.name()) ? "***" : setting.value();
    if (known.refused()) {
      problems.add(
          "Expected %s not to be set to '%s', because it is not supported: %s (%s)"
              .formatted(setting.name(), value, known.note(), setting.origin()));
    } else {
      warnings.add(
          "%s has no effect: %s (%s)".formatted(setting.name(), known.note(), setting.origin()));
    }
  }

  private static boolean looksOurs(String path) {
    int dot = path.indexOf('.');
    String root = dot < 0 ? path : path.substring(0, dot);
    return Distance.between(root, "zeebe") <= 2
        || path.startsWith("skep.broker.")
        || path.startsWith("skep.gateway.");
  }

  private String unknown(Setting setting) {
    String nearest =
        Distance.nearest(setting.path(), Lists.concat(catalogue.names(), otherRole.names()));
    boolean variable = setting.origin().startsWith("environment");
    return "Expected a key that exists, but there is no %s (%s). The nearest is %s"
        .formatted(
            setting.name(), setting.origin(), variable ? Key.environmentName(nearest) : nearest);
  }
}
