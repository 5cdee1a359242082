package io.skep.bootstrap.config;

import java.util.List;

/// The configuration cannot be used. Every problem that was found has a line of its own.
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  /// @param problems at least one, each names the key, the value, what is accepted, and the source
  public ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
