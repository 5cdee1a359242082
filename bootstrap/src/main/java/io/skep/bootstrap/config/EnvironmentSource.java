package io.skep.bootstrap.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Settings from environment variables.
final class EnvironmentSource {
  /// What Kubernetes puts into every container for a service by the name of zeebe-gateway or the
  /// like, and what clients read. Neither is meant for us.
  private static final Pattern FOREIGN =
      Pattern.compile(
          "\\w+_SERVICE_HOST|\\w+_SERVICE_PORT(_\\w+)?|\\w+_PORT_\\d+_(TCP|UDP)(_\\w+)?"
              + "|ZEEBE_GATEWAY_ADDRESS");

  /// `management.server` is Spring Boot's, which users of Zeebe know.
  private static final Pattern OURS =
      Pattern.compile("(?i)(ZEEBE|SKEP)_(BROKER|GATEWAY)_\\w+|MANAGEMENT_SERVER_(PORT|ADDRESS)");

  private EnvironmentSource() {}

  static List<Setting> read(Map<String, String> variables) {
    var settings = new ArrayList<Setting>();
    // In order, so that a problem is told the same way each time.
    new TreeMap<>(variables)
        .forEach(
            (name, value) -> {
              if (isOurs(name, value)) {
                settings.add(
                    new Setting(
                        Paths.ofVariable(name), name, value, "environment variable " + name));
              }
            });
    return settings;
  }

  private static boolean isOurs(String name, String value) {
    if (FOREIGN.matcher(name).matches()
        || value.startsWith("tcp://")
        || value.startsWith("udp://")) {
      return false;
    }
    return OURS.matcher(name).matches() || isNearlyOurs(name);
  }

  /// Such as ZEEBE_BROKR_NETWORK_HOST: to take it for someone else's would leave it without effect.
  private static boolean isNearlyOurs(String name) {
    String[] parts = name.split("_", 3);
    return parts.length == 3
        && parts[0].equalsIgnoreCase("ZEEBE")
        && (Distance.between(parts[1].toUpperCase(Locale.ROOT), "BROKER") <= 2
            || Distance.between(parts[1].toUpperCase(Locale.ROOT), "GATEWAY") <= 2);
  }
}
