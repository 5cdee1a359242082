package io.skep.bootstrap.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Where the configuration comes from.
///
/// @param arguments `key=value` from the command line
/// @param configFile from the command line, `null` if none was given
/// @param workingDirectory where the process was started
/// @param home the installation directory
public record Inputs(
    List<String> arguments,
    Map<String, String> systemProperties,
    Map<String, String> variables,
    Path configFile,
    Path workingDirectory,
    Path home) {

  /// As they are for this process.
  ///
  /// @param arguments `key=value`
  /// @param configFile `null` if none was given
  public static Inputs ofProcess(List<String> arguments, Path configFile) {
    var properties = new TreeMap<String, String>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name)));
    Path working = Path.of("").toAbsolutePath();
    String home = System.getProperty("skep.home");
    return new Inputs(
        arguments,
        properties,
        System.getenv(),
        configFile,
        working,
        home == null ? working : Path.of(home).toAbsolutePath());
  }

  /// The same with another environment.
  public Inputs withVariables(Map<String, String> others) {
    return new Inputs(arguments, systemProperties, others, configFile, workingDirectory, home);
  }
}
