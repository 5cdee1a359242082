package io.skep.load;

import java.nio.file.Path;
import java.time.Duration;

/// What was asked for.
///
/// @param processPrefix what ids of processes and types of jobs begin with
/// @param certificates of authorities, PEM; `null` for those that the JDK trusts
/// @param json file for the figures, or `null`
/// @param plot file for the picture, or `null`
record Options(
    Scenario scenario,
    Target target,
    Pace pace,
    Duration warmUp,
    Duration duration,
    boolean streaming,
    int variablesBytes,
    String processPrefix,
    Path json,
    Path plot) {

  /// Where the gateway is and how it is spoken to.
  record Target(String host, int port, int connections, boolean tls, Path certificates) {
    String address() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /// When operations start.
  sealed interface Pace {
    /// At most this many operations are under way.
    int inFlight();

    /// One starts when another ends: the most that can be carried.
    record Closed(int inFlight) implements Pace {}

    /// They start by the clock, whatever became of the earlier ones.
    ///
    /// @param perSecond operations
    record Open(double perSecond, int inFlight) implements Pace {}
  }

  static final int DEFAULT_IN_FLIGHT = 64;
  static final int DEFAULT_OPEN_IN_FLIGHT = 4096;

  static final String HELP =
      """
      Usage: skep bench [OPTION VALUE ...]

      Puts load on a gateway that speaks the Zeebe protocol, and measures it.

        --scenario NAME       create   create an instance that waits at a task which nobody works on;
                                       the instances stay
                              task     create an instance, get its job, complete it (the default);
                                       latency is from the creation to the job's completion
                              result   create an instance that decides by a FEEL condition, with result
        --address HOST:PORT   Of the gateway (127.0.0.1:26500)
        --duration SECONDS    How long to measure (20)
        --warm-up SECONDS     How long to run before that (10)
        --in-flight N         Operations under way at any time (64); with --rate, at most (4096)
        --rate N              Starts N operations a second by the clock. Latency counts from when an
                              operation was due, even if it could start only later. Without it, one
                              operation starts when another ends
        --jobs poll|stream    How the worker of 'task' gets its jobs (poll)
        --variables-bytes N   Size of the variables of each instance (100)
        --connections N       Connections to the gateway (1)
        --process ID          What ids of processes and types of jobs begin with (skep-bench). Runs at
                              the same time need different ones, else they take each other's jobs
        --tls                 Speaks TLS
        --ca FILE             Speaks TLS and trusts the authorities in this PEM file
        --json FILE           Writes all figures, and those of each second
        --plot FILE.svg       Draws throughput and latency over time
        --help, -h            Shows this

      Refusals with RESOURCE_EXHAUSTED are no failures: the request is sent again a little later, and
      its latency runs on. Exit code 0 if all operations ended well, 1 if not or if there is no gateway,
      2 if the options make no sense.
      """;

  /// Options that make no sense. The message says what was expected.
  static final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
