package io.skep.load;

import io.skep.load.Measurement.Failure;
import io.skep.load.Measurement.Second;
import java.util.List;
import java.util.Map;

/// The figures of a run.
///
/// @param measuredSeconds without the warm-up
/// @param ended operations that ended in that time
/// @param measured operations that were due in that time, whenever they ended
/// @param latency of those
/// @param lost operations, due in that time, that failed
/// @param unfinished operations, due in that time, that had not ended when the run gave up
/// @param refused requests of the whole run that had to be sent again
/// @param failures of the whole run, by call and status
/// @param generatorBusy the share of one core that the load generator's thread took, 0 to 1
record Result(
    double measuredSeconds,
    long ended,
    long measured,
    Latency latency,
    long lost,
    long unfinished,
    long refused,
    Map<String, Failure> failures,
    double generatorBusy,
    List<Second> seconds) {

  /// In milliseconds.
  record Latency(
      double min,
      double mean,
      double p50,
      double p90,
      double p95,
      double p99,
      double p999,
      double max) {}

  double perSecond() {
    return measuredSeconds == 0 ? 0 : ended / measuredSeconds;
  }

  boolean isGood() {
    return lost == 0 && unfinished == 0 && measured > 0;
  }
}
