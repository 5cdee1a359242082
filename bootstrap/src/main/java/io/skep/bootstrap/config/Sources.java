package io.skep.bootstrap.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What was set, by source, the strongest first.
record Sources(List<Setting> commandLine, List<List<Setting>> others, List<Path> files) {

  /// @throws ConfigurationException if a file cannot be read
  static Sources read(Inputs inputs) {
    var others = new ArrayList<List<Setting>>();
    others.add(properties(inputs));
    others.add(EnvironmentSource.read(inputs.variables()));
    List<Path> files = ConfigFiles.find(inputs);
    for (Path file : files.reversed()) {
      // As the user would name it.
      Path shown =
          file.startsWith(inputs.workingDirectory())
              ? inputs.workingDirectory().relativize(file)
              : file;
      others.add(YamlSource.read(file, shown));
    }
    return new Sources(arguments(inputs), List.copyOf(others), files);
  }

  List<List<Setting>> all() {
    return Lists.concat(List.of(commandLine), others);
  }

  private static List<Setting> arguments(Inputs inputs) {
    var settings = new ArrayList<Setting>();
    for (String argument : inputs.arguments()) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      // Like a switch: `--zeebe.broker.gateway.enable`.
      String value = equals < 0 ? "true" : argument.substring(equals + 1);
      settings.add(new Setting(Paths.ofName(name), name, value, "command line --" + name));
    }
    return settings;
  }

  private static List<Setting> properties(Inputs inputs) {
    var settings = new ArrayList<Setting>();
    inputs
        .systemProperties()
        .forEach(
            (name, value) -> {
              String path = Paths.ofName(name);
              if (path.startsWith("zeebe.")
                  || path.startsWith("skep.broker.")
                  || path.startsWith("management.server.")) {
                settings.add(new Setting(path, name, value, "system property " + name));
              }
            });
    return settings;
  }
}
