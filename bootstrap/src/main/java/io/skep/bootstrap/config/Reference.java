package io.skep.bootstrap.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The reference of all keys, as `docs/configuration.md` has it. A test holds the two together.
final class Reference {
  private static final String INTRODUCTION =
      """
      # Configuration

      This page is written by the program from the keys it reads. To change it, change them, and run
      `mvn -pl bootstrap -am test -Dtest=ReferenceTest -Dreference.write -Dsurefire.failIfNoSpecifiedTests=false`.

      Skep reads the keys of Zeebe. A value may come from, the strongest first:

      1. the command line: `bin/skep broker --zeebe.broker.data.directory=/var/lib/skep`
      2. a system property of the JVM: `JAVA_OPTS=-Dzeebe.broker.data.directory=/var/lib/skep`
      3. the environment: `ZEEBE_BROKER_DATA_DIRECTORY=/var/lib/skep`
      4. a YAML file: that of `--config FILE`, else that of `SKEP_CONFIG`, else those of
         `SPRING_CONFIG_LOCATION` and `SPRING_CONFIG_ADDITIONAL_LOCATION`, else `config/skep.yaml` or
         `config/application.yaml`, in the working directory or the installation directory
      5. the default

      `bin/skep config` and `bin/skep config gateway` show what holds and where each value comes from.

      ## How it is written

      - In a file, on the command line and in system properties, case, `-` and `_` in a name do not
        matter: `commandApi`, `commandAPI`, `command-api` and `command_api` are one key. In the environment
        `_` takes the place of the dot and means nothing else: `COMMANDAPI`, not `COMMAND_API`.
      - Sizes: `512KB`, `4MB`, `1GB`, or a number of bytes. A KB has 1024 bytes.
      - Durations: `500ms`, `10s`, `5m`, `1h`, `1d`, `PT10S`, or a number of milliseconds.
      - Booleans: `true` or `false`, `yes` or `no`, `on` or `off`, `1` or `0`.
      - Lists: separated by commas, or item by item: `key[0]`, `KEY_0`; in YAML also as a list.
      - `${NAME}` and `${NAME:default}` in a value stand for an environment variable.
      - Relative paths start from the installation directory: where `bin` is, or the working directory if
        the jar is started without `bin/skep`.
      - A value that cannot be read, and a key under `zeebe.` that nobody knows, stop the start. The message
        names the key, the value, what is accepted, where it was set, and the key that is nearest. A key
        that Zeebe has and Skep does not support is warned about, or stops the start where to do without it
        would be dangerous.
      """;

  private static final String VARIABLES =
      """
      ## Variables that are no keys

      | Variable | Meaning |
      |---|---|
      | `SKEP_CONFIG` | the configuration file |
      | `SKEP_LOG_LEVEL`, else `ZEEBE_LOG_LEVEL` | what is logged: `error`, `warn`, `info` (the default), `debug`, `trace` |
      | `ZEEBE_STANDALONE_GATEWAY` | `true` starts a gateway if no command is given |
      | `JAVA_HOME` | the JDK that `bin/skep` takes |
      | `SKEP_MEMORY` | how much memory the process may take with `bin/skep`, such as `512m` or `2g`; the container's limit if there is one, else `1g`. See [memory.md](memory.md) |
      | `JAVA_OPTS` | further options for the JVM, with `bin/skep` |
      """;

  private Reference() {}

  static String markdown() {
    return String.join(
        "\n",
        INTRODUCTION,
        keys(
            "Broker",
            "",
            Lists.concat(
                NetworkKeys.ALL,
                BrokerKeys.ALL,
                PartitioningKeys.ALL,
                SecurityKeys.BROKER_NETWORK.all(),
                RecordKeys.ALL)),
        keys(
            "Gateway in a broker",
            """
            The same keys under `zeebe.gateway` count as well; those under `zeebe.broker.gateway` go over
            them.
            """,
            Lists.concat(GatewayKeys.EMBEDDED.common(), SecurityKeys.EMBEDDED_GATEWAY.all())),
        keys(
            "Gateway",
            "",
            Lists.concat(
                GatewayKeys.STANDALONE.common(),
                GatewayKeys.standaloneOnly(),
                SecurityKeys.GATEWAY.all(),
                SecurityKeys.GATEWAY_CLUSTER.all())),
        aliases(),
        VARIABLES,
        unsupported());
  }

  private static String keys(String title, String note, List<Key<?>> keys) {
    var text = new StringBuilder("## %s\n\n".formatted(title));
    if (!note.isEmpty()) text.append(note).append('\n');
    for (Key<?> key : keys) {
      text.append("### `%s`\n\n%s.\n\n".formatted(key.name(), key.description()));
      text.append("- Environment: `%s`\n".formatted(key.environmentName()));
      text.append("- Value: %s\n".formatted(key.type().accepts()));
      text.append("- Default: %s\n\n".formatted(defaultOf(key)));
    }
    return text.toString();
  }

  private static String defaultOf(Key<?> key) {
    if (key.defaultText() == null) return key.fallback();
    return key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`";
  }

  private static String aliases() {
    var text =
        new StringBuilder(
            """
            ## Other names

            | Name | Is taken as |
            |---|---|
            """);
    Set<String> rows = new LinkedHashSet<>();
    for (Role role : Role.values()) {
      for (Key<?> key : Catalogue.of(role).keys()) {
        for (Key.Alias alias : key.aliases()) {
          // That one stands for the other is said above, once for all of them.
          if (alias.hint().isEmpty() && alias.name().startsWith(GatewayKeys.OWN)) continue;
          rows.add(
              "| `%s`, `%s` | `%s` |\n"
                  .formatted(alias.name(), Key.environmentName(alias.name()), key.name()));
        }
      }
    }
    rows.forEach(text::append);
    return text.toString();
  }

  private static String unsupported() {
    var text =
        new StringBuilder(
            """
            ## Keys of Zeebe that are not supported

            | Key | What holds instead | Otherwise |
            |---|---|---|
            """);
    Set<String> rows = new LinkedHashSet<>();
    for (Role role : Role.values()) {
      for (KnownKey key : Catalogue.of(role).known()) {
        rows.add(
            "| `%s` | %s | %s |\n"
                .formatted(key.name(), key.note(), key.refused() ? refusal(key) : "a warning"));
      }
    }
    rows.forEach(text::append);
    return text.toString();
  }

  private static String refusal(KnownKey key) {
    String harmless =
        key.harmless().stream()
            .filter(value -> !value.isEmpty())
            .map("`%s`"::formatted)
            .collect(Collectors.joining(", "));
    return harmless.isEmpty() ? "no start" : "no start, unless " + harmless;
  }
}
