package io.skep.adapter.http;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/// How often values fell between bounds, under one name and several labels.
///
/// Of our own, because Micrometer's timers append `_seconds` to names that dashboards know without
/// it, and its summaries count whole numbers only. To record costs a short search and two
/// additions.
final class Histogram implements Collector {
  private final String name;
  private final double divisor;
  private final long[] bounds;
  private final List<Series> series = new CopyOnWriteArrayList<>();

  /// @param divisor what a recorded value is divided by before it is shown, such as 1e9 for
  ///   nanoseconds as seconds
  /// @param bounds in ascending order, not divided; a value belongs to the first that is not less
  private Histogram(String name, double divisor, long... bounds) {
    this.name = name;
    this.divisor = divisor;
    this.bounds = bounds;
  }

  /// From a request to its answer in nanoseconds, 0.1 ms to 15 s; shown in seconds.
  static Histogram ofLatency(String name) {
    return new Histogram(
        name,
        1e9,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000L,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L,
        15_000_000_000L);
  }

  /// Of work on one thread in nanoseconds, 10 µs to 1 s; shown in seconds.
  static Histogram ofWork(String name) {
    return new Histogram(
        name,
        1e9,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        10_000_000,
        100_000_000,
        1_000_000_000);
  }

  /// Of a batch in commands, 1 to 1024.
  static Histogram ofSizes(String name) {
    return new Histogram(name, 1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024);
  }

  /// What goes with one set of labels. Call once for each.
  Series with(String label, String value) {
    var added = new Series(Labels.of(label, value), bounds);
    series.add(added);
    return added;
  }

  @Override
  public MetricSnapshot collect() {
    var snapshot = HistogramSnapshot.builder().name(name).help(name);
    for (Series one : series) snapshot.dataPoint(one.snapshot(divisor));
    return snapshot.build();
  }

  /// The values with one set of labels.
  static final class Series {
    private final Labels labels;
    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Series(Labels labels, long[] bounds) {
      this.labels = labels;
      this.bounds = bounds;
      this.counts = new LongAdder[bounds.length + 1];
      for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    }

    void record(long value) {
      int i = 0;
      while (i < bounds.length && value > bounds[i]) i++;
      counts[i].increment();
      sum.add(value);
    }

    private HistogramDataPointSnapshot snapshot(double divisor) {
      var upper = new double[counts.length];
      var inside = new long[counts.length];
      for (int i = 0; i < counts.length; i++) {
        upper[i] = i < bounds.length ? bounds[i] / divisor : Double.POSITIVE_INFINITY;
        inside[i] = counts[i].sum();
      }
      return HistogramDataPointSnapshot.builder()
          .labels(labels)
          .classicHistogramBuckets(ClassicHistogramBuckets.of(box(upper), box(inside)))
          .sum(sum.sum() / divisor)
          .build();
    }

    private static List<Double> box(double[] values) {
      return Arrays.stream(values).boxed().toList();
    }

    private static List<Number> box(long[] values) {
      return Arrays.stream(values).<Number>mapToObj(Long::valueOf).toList();
    }
  }
}
