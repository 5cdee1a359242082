package io.skep.load;

import static java.util.Locale.ROOT;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.skep.load.Measurement.Second;
import io.skep.load.Options.Pace;
import java.io.PrintStream;
import java.math.BigDecimal;

/// What a person sees of a run.
final class Report {
  /// The thread that speaks to the gateway has little time left to wait.
  private static final double BUSY = 0.85;

  private static final int LINES_PER_HEADER = 30;

  private final PrintStream out;
  private final Options options;
  private int lines;

  Report(PrintStream out, Options options) {
    this.out = out;
    this.options = options;
  }

  void begin(TopologyResponse topology) {
    print(
        "%s at %s (gateway %s, %d broker(s), %d partition(s))%n",
        options.scenario().text(),
        options.target().address(),
        topology.getGatewayVersion(),
        topology.getBrokersCount(),
        topology.getPartitionsCount());
    print(
        "%s; %d s warm-up, %d s measured; %d bytes of variables%s%n",
        pace(options.pace()),
        options.warmUp().toSeconds(),
        options.duration().toSeconds(),
        options.variablesBytes(),
        options.scenario() == Scenario.TASK
            ? "; jobs by " + (options.streaming() ? "stream" : "poll")
            : "");
  }

  static String pace(Pace pace) {
    return switch (pace) {
      case Pace.Closed(int inFlight) -> "closed loop, %d in flight".formatted(inFlight);
      case Pace.Open(double perSecond, int inFlight) ->
          "open loop, %s a second, at most %d in flight"
              .formatted(
                  BigDecimal.valueOf(perSecond).stripTrailingZeros().toPlainString(), inFlight);
    };
  }

  void second(Second second) {
    if (lines++ % LINES_PER_HEADER == 0) {
      print(
          "%8s %12s %10s %10s %10s %10s %9s %8s %8s%n",
          "second",
          "ended/s",
          "p50 ms",
          "p90 ms",
          "p99 ms",
          "max ms",
          "in flight",
          "refused",
          "failed");
    }
    boolean isWarmUp = second.atSecond() < -0.001;
    print(
        "%8s %,12.0f %10.2f %10.2f %10.2f %10.2f %,9d %,8d %,8d%n",
        isWarmUp ? "warm-up" : String.format(ROOT, "%.0f", second.atSecond() + second.seconds()),
        second.perSecond(),
        second.p50Ms(),
        second.p90Ms(),
        second.p99Ms(),
        second.maxMs(),
        second.inFlight(),
        second.refused(),
        second.failed());
  }

  void end(Result result) {
    var latency = result.latency();
    print(
        "%n%,d operations ended in %.1f s: %,.1f per second%n",
        result.ended(), result.measuredSeconds(), result.perSecond());
    print(
        "latency in ms of the %,d that were due then: min %.2f, mean %.2f, p50 %.2f, p90 %.2f,"
            + " p95 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%n",
        result.measured(),
        latency.min(),
        latency.mean(),
        latency.p50(),
        latency.p90(),
        latency.p95(),
        latency.p99(),
        latency.p999(),
        latency.max());
    print(
        "failed %,d, not ended %,d; requests refused and sent again %,d%n",
        result.lost(), result.unfinished(), result.refused());
    result
        .failures()
        .forEach(
            (what, failure) ->
                print("  %s, %,d times, such as: %s%n", what, failure.count(), failure.example()));
    if (result.generatorBusy() > BUSY) {
      print(
          "The load generator's own thread was busy for %.0f %% of the time: the gateway may be able"
              + " to do more%n",
          result.generatorBusy() * 100);
    }
  }

  private void print(String format, Object... values) {
    out.printf(ROOT, format, values);
    out.flush();
  }
}
