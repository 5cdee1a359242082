package io.skep.bootstrap.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds the files to read.
final class ConfigFiles {
  private ConfigFiles() {}

  /// One file as a rule: that of the command line, else of SKEP_CONFIG, else of Spring's variables,
  /// which Helm charts for Zeebe set, else `config/skep.yaml` if there is one. Later ones go over
  /// earlier ones.
  static List<Path> find(Inputs inputs) {
    if (inputs.configFile() != null) {
      return List.of(inputs.workingDirectory().resolve(inputs.configFile()));
    }
    String variable = inputs.variables().get("SKEP_CONFIG");
    if (variable != null && !variable.isBlank()) {
      return List.of(inputs.workingDirectory().resolve(variable.strip()));
    }
    var files = new ArrayList<Path>();
    String location = inputs.variables().get("SPRING_CONFIG_LOCATION");
    if (location != null && !location.isBlank()) {
      files.addAll(ofSpring(inputs, location));
    } else {
      usual(inputs).filter(Files::isRegularFile).findFirst().ifPresent(files::add);
    }
    String more = inputs.variables().get("SPRING_CONFIG_ADDITIONAL_LOCATION");
    if (more != null && !more.isBlank()) files.addAll(ofSpring(inputs, more));
    return files;
  }

  private static Stream<Path> usual(Inputs inputs) {
    return Stream.of(inputs.workingDirectory(), inputs.home())
        .distinct()
        .map(directory -> directory.resolve("config"))
        .flatMap(
            directory ->
                Stream.of(directory.resolve("skep.yaml"), directory.resolve("application.yaml")));
  }

  /// Files or folders, separated by commas, perhaps with `file:` or `optional:` before them.
  private static List<Path> ofSpring(Inputs inputs, String locations) {
    var files = new ArrayList<Path>();
    for (String part : locations.split(",")) {
      String location = part.strip();
      boolean optional = location.startsWith("optional:");
      if (optional) location = location.substring("optional:".length());
      if (location.startsWith("file:")) location = location.substring("file:".length());
      if (location.isEmpty() || location.startsWith("classpath:")) continue;
      Path path = inputs.workingDirectory().resolve(location);
      boolean folder = location.endsWith("/") || Files.isDirectory(path);
      Path file = folder ? path.resolve("application.yaml") : path;
      // Of a folder, Spring takes what is there; a file that is named has to be.
      if ((optional || folder) && !Files.isRegularFile(file)) continue;
      files.add(file);
    }
    return files;
  }
}
