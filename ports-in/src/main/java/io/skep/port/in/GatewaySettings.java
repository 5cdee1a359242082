package io.skep.port.in;

import java.time.Duration;

/// How a gateway serves its clients.
///
/// @param requestTimeout how long a command may take unless the client says otherwise, more than
///   zero
/// @param longPolling how requests for jobs wait
public record GatewaySettings(Duration requestTimeout, LongPolling longPolling) {

  /// How requests for jobs wait when there are none.
  ///
  /// @param enabled if not, every request is answered after one pass over the partitions
  /// @param timeout how long a request waits that does not say how long, more than zero
  /// @param probeTimeout how often a waiting request of each type is tried without being woken,
  ///   more than zero
  /// @param minEmptyResponses after this many passes without jobs, requests of the type wait
  ///   without one of their own, 1 or more
  public record LongPolling(
      boolean enabled, Duration timeout, Duration probeTimeout, int minEmptyResponses) {
    public LongPolling {
      requirePositive("the long-polling timeout", timeout);
      requirePositive("the long-polling probe timeout", probeTimeout);
      if (minEmptyResponses < 1) {
        throw new IllegalArgumentException(
            "Expected at least 1 empty response before requests wait, but it is %d"
                .formatted(minEmptyResponses));
      }
    }

    public static LongPolling defaults() {
      return new LongPolling(true, Duration.ofSeconds(10), Duration.ofSeconds(10), 3);
    }
  }

  public GatewaySettings {
    requirePositive("the request timeout", requestTimeout);
  }

  public static GatewaySettings defaults() {
    return new GatewaySettings(Duration.ofSeconds(15), LongPolling.defaults());
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "Expected %s to be more than zero, but it is %s".formatted(what, duration));
    }
  }
}
