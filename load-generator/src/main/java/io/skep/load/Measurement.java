package io.skep.load;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// What happened, counted on the event loop. Latencies are in microseconds, from 1 to an hour, to
/// three digits.
final class Measurement {
  private static final long MOST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int DIGITS = 3;

  /// The operations that ended in one second of the run.
  ///
  /// @param atSecond when it began, in seconds since the end of the warm-up; negative before that
  /// @param operations in it
  /// @param seconds how long it really was
  record Second(
      double atSecond,
      double seconds,
      long operations,
      double p50Ms,
      double p90Ms,
      double p99Ms,
      double maxMs,
      long refused,
      long failed,
      int inFlight) {
    double perSecond() {
      return operations / seconds;
    }
  }

  /// Calls that failed in the same way.
  ///
  /// @param example what the first of them said
  record Failure(long count, String example) {}

  private final Histogram all = histogram();
  private final Histogram second = histogram();
  private final List<Second> seconds = new ArrayList<>();
  private final Map<String, Failure> failures = new TreeMap<>();
  private final long fromNanos;
  private long untilNanos;
  private long secondBeganNanos;
  private long ended;
  private long unfinished;
  private long lost;
  private long refused;
  private long failed;
  private long refusedBefore;
  private long failedBefore;

  /// @param beganNanos when the run began, by [System#nanoTime], as are the others
  /// @param fromNanos what is due or ends before is warm-up
  Measurement(long beganNanos, long fromNanos, long untilNanos) {
    this.secondBeganNanos = beganNanos;
    this.fromNanos = fromNanos;
    this.untilNanos = untilNanos;
  }

  private static Histogram histogram() {
    return new Histogram(MOST_MICROS, DIGITS);
  }

  private static long micros(long fromNanos, long toNanos) {
    return Math.clamp((toNanos - fromNanos) / 1_000, 1, MOST_MICROS);
  }

  private boolean counts(long nanos) {
    return nanos - fromNanos >= 0 && nanos - untilNanos < 0;
  }

  /// The measuring ends now, and not when it should have.
  void cut(long nowNanos) {
    if (nowNanos - untilNanos < 0) untilNanos = nowNanos;
  }

  void ended(long dueNanos, long nowNanos) {
    long micros = micros(dueNanos, nowNanos);
    second.recordValue(micros);
    if (counts(dueNanos)) all.recordValue(micros);
    if (counts(nowNanos)) ended++;
  }

  void unfinished(long dueNanos, long nowNanos) {
    if (!counts(dueNanos)) return;
    all.recordValue(micros(dueNanos, nowNanos));
    unfinished++;
  }

  /// An operation has failed.
  void lost(long dueNanos) {
    if (counts(dueNanos)) lost++;
  }

  void refused() {
    refused++;
  }

  void failed(String call, Status status) {
    failed++;
    String example = status.getDescription() == null ? "" : status.getDescription();
    failures.merge(
        call + " " + status.getCode(),
        new Failure(1, example),
        (had, _) -> new Failure(had.count() + 1, had.example()));
  }

  /// Ends a second.
  Second tick(long nowNanos, int inFlight) {
    var tick =
        new Second(
            (secondBeganNanos - fromNanos) * 1e-9,
            (nowNanos - secondBeganNanos) * 1e-9,
            second.getTotalCount(),
            ms(second, 50),
            ms(second, 90),
            ms(second, 99),
            second.getMaxValue() / 1e3,
            refused - refusedBefore,
            failed - failedBefore,
            inFlight);
    second.reset();
    secondBeganNanos = nowNanos;
    refusedBefore = refused;
    failedBefore = failed;
    seconds.add(tick);
    return tick;
  }

  private static double ms(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
  }

  Result result(double generatorBusy) {
    return new Result(
        Math.max(0, (untilNanos - fromNanos) * 1e-9),
        ended,
        all.getTotalCount(),
        new Result.Latency(
            all.getTotalCount() == 0 ? 0 : all.getMinValue() / 1e3,
            all.getMean() / 1e3,
            ms(all, 50),
            ms(all, 90),
            ms(all, 95),
            ms(all, 99),
            ms(all, 99.9),
            all.getMaxValue() / 1e3),
        lost,
        unfinished,
        refused,
        Map.copyOf(failures),
        generatorBusy,
        List.copyOf(seconds));
  }
}
