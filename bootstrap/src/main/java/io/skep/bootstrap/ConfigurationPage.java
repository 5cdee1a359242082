package io.skep.bootstrap;

import io.skep.bootstrap.config.Configuration;
import io.skep.bootstrap.config.Configuration.Line;
import java.nio.file.Path;

/// What `skep config` prints: each value and where it comes from, as YAML that can be read again.
final class ConfigurationPage {
  private ConfigurationPage() {}

  static String of(Configuration configuration) {
    var text = new StringBuilder();
    for (Path file : configuration.files()) text.append("# file: ").append(file).append('\n');
    for (String warning : configuration.warnings()) {
      text.append("# warning: ").append(warning).append('\n');
    }
    for (Line line : configuration.lines()) {
      String pair = line.key() + ": " + quoted(line.value());
      text.append("%-72s # %s\n".formatted(pair, line.source()));
    }
    return text.toString();
  }

  /// In quotes where YAML would read something else.
  private static String quoted(String value) {
    if (value.isEmpty()) return "";
    boolean plain = value.matches("[A-Za-z0-9_./][A-Za-z0-9_./ -]*(:[A-Za-z0-9_./-]+)*");
    return plain ? value : "'" + value.replace("'", "''") + "'";
  }
}
