package io.skep.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a test sets, in a directory of its own.
final class Given {
  static final String NODES = "zeebe.broker.cluster.clusterSize";

  private final Path directory;
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> variables = new TreeMap<>();
  private Path file;

  Given(Path directory) {
    this.directory = directory;
  }

  Given argument(String keyAndValue) {
    arguments.add(keyAndValue);
    return this;
  }

  Given property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  Given variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /// Writes `config/skep.yaml`.
  Given yaml(String text) {
    return yaml("config/skep.yaml", text);
  }

  Given yaml(String name, String text) {
    try {
      Path path = directory.resolve(name);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As with `--config`.
  Given configFile(String name) {
    file = Path.of(name);
    return this;
  }

  Inputs inputs() {
    return new Inputs(arguments, properties, variables, file, directory, directory);
  }

  Configuration load(Role role) {
    return Configuration.load(role, inputs());
  }

  Configuration broker() {
    return load(Role.BROKER);
  }

  Configuration gateway() {
    return load(Role.GATEWAY);
  }

  /// The one problem that keeps the role from starting.
  String problem(Role role) {
    List<String> problems = problems(role);
    if (problems.size() != 1) throw new AssertionError("Expected one problem, got " + problems);
    return problems.getFirst();
  }

  List<String> problems(Role role) {
    try {
      load(role);
    } catch (ConfigurationException e) {
      return e.problems();
    }
    throw new AssertionError("Expected a problem, but there is none");
  }
}
