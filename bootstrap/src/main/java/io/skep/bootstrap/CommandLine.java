package io.skep.bootstrap;

import io.skep.bootstrap.config.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the arguments ask for. Read by hand: a library for it takes longer to load than the rest of
/// what happens before the first port is open.
///
/// @param role of `broker`, `gateway` and `config`
/// @param configFile `null` if none was given
/// @param settings `key=value` each; for `bench` its own arguments as they are
record CommandLine(Task task, Role role, Path configFile, List<String> settings) {

  enum Task {
    RUN,
    SHOW_CONFIGURATION,
    SHOW_VERSION,
    SHOW_HELP,
    BENCH,
    /// For the build, see [Training]; users have no need of it.
    TRAIN
  }

  static final String HELP =
      """
      Usage: skep COMMAND [--config FILE] [--KEY=VALUE ...]

      Commands:
        broker            Runs a broker, with a gateway in it unless zeebe.broker.gateway.enable=false
        gateway           Runs a gateway that serves clients for the brokers it finds
        config [ROLE]     Shows the configuration of the role (broker if none is given) and where each
                          value comes from
        bench [OPTION..]  Puts load on a gateway and measures it; see skep bench --help
        version           Shows the version

      Options:
        --config FILE     Reads this YAML file; else the one that SKEP_CONFIG names, else
                          config/skep.yaml if there is one
        --KEY=VALUE       Sets a key, such as --zeebe.broker.data.directory=/var/lib/skep
        --help, -h        Shows this

      Every key can be an environment variable as well, such as ZEEBE_BROKER_DATA_DIRECTORY. Environment
      goes over file, and --KEY=VALUE over both. SKEP_LOG_LEVEL sets what is logged: error, warn, info
      (the default), debug or trace.
      """;

  /// Arguments that make no sense. The message says what was expected.
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /// @param variables of the environment; ZEEBE_STANDALONE_GATEWAY=true stands for the command
  ///   `gateway` if there is none, as in Zeebe's container images
  /// @throws UsageException if they make no sense
  static CommandLine parse(List<String> arguments, Map<String, String> variables) {
    // It has options of its own, which would be keys of a configuration here.
    if (!arguments.isEmpty() && arguments.getFirst().equals("bench")) {
      return new CommandLine(Task.BENCH, Role.BROKER, null, arguments.subList(1, arguments.size()));
    }
    var words = new ArrayList<String>();
    var settings = new ArrayList<String>();
    Path file = null;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--help") || argument.equals("-h")) return of(Task.SHOW_HELP);
      if (argument.equals("--version")) return of(Task.SHOW_VERSION);
      if (argument.equals("--config")) {
        if (++i == arguments.size()) {
          throw new UsageException("Expected a file after --config, but there is nothing");
        }
        file = Path.of(arguments.get(i));
      } else if (argument.startsWith("--config=")) {
        file = Path.of(argument.substring("--config=".length()));
      } else if (argument.startsWith("--")) {
        settings.add(argument.substring(2));
      } else if (argument.startsWith("-")) {
        throw new UsageException("Expected --config, --KEY=VALUE or --help, but got " + argument);
      } else {
        words.add(argument);
      }
    }
    return of(words, file, settings, variables);
  }

  private static CommandLine of(
      List<String> words, Path file, List<String> settings, Map<String, String> variables) {
    if (words.isEmpty()) {
      if ("true".equalsIgnoreCase(variables.get("ZEEBE_STANDALONE_GATEWAY"))) {
        return new CommandLine(Task.RUN, Role.GATEWAY, file, settings);
      }
      throw new UsageException("Expected a command: broker, gateway, config, bench or version");
    }
    String command = words.getFirst();
    boolean isConfig = command.equals("config");
    if (words.size() > (isConfig ? 2 : 1)) {
      throw new UsageException(
          "Expected nothing more after '%s', but got '%s'"
              .formatted(words.get(words.size() - 2), words.getLast()));
    }
    return switch (command) {
      case "broker", "gateway" -> new CommandLine(Task.RUN, role(command), file, settings);
      case "config" ->
          new CommandLine(
              Task.SHOW_CONFIGURATION,
              words.size() == 1 ? Role.BROKER : role(words.get(1)),
              file,
              settings);
      case "version" -> of(Task.SHOW_VERSION);
      case "train" -> of(Task.TRAIN);
      case "help" -> of(Task.SHOW_HELP);
      default ->
          throw new UsageException(
              "Expected broker, gateway, config, bench or version, but got '%s'"
                  .formatted(command));
    };
  }

  private static CommandLine of(Task task) {
    return new CommandLine(task, Role.BROKER, null, List.of());
  }

  private static Role role(String name) {
    return switch (name) {
      case "broker" -> Role.BROKER;
      case "gateway" -> Role.GATEWAY;
      default ->
          throw new UsageException("Expected broker or gateway, but got '%s'".formatted(name));
    };
  }
}
