package io.skep.bootstrap;

import io.skep.bootstrap.config.BrokerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a broker's memory is enough for. `docs/memory.md` tells where the figures come from.
///
/// @param partitions those that this broker holds a copy of
/// @param residentInstances how many instances each of them keeps in memory
/// @param bufferBytes that each of them writes its log with
record BrokerMemory(MemoryLimits limits, int partitions, int residentInstances, int bufferBytes) {
  private static final long MB = 1 << 20;

  /// The rest is for garbage, between one collection and the next.
  private static final double LIVE_SHARE = 0.7;

  /// Of a broker with a gateway, under load, without any state.
  private static final long HEAP_BYTES = 40 * MB;

  /// A small one.
  private static final long RESIDENT_BYTES = 2_000;

  /// Of one that is on disk only, whatever it waits for.
  private static final long KNOWN_BYTES = 250;

  /// What threads keep to read and write files and connections with.
  private static final long DIRECT_BYTES = 16 * MB;

  /// As this process is limited.
  static BrokerMemory of(BrokerConfig config) {
    var settings = config.partitions();
    return new BrokerMemory(
        MemoryLimits.ofProcess(),
        settings.distribution().of(settings.nodeId()).size(),
        settings.residentLimit(),
        config.internalApi().bufferBytes());
  }

  /// How many instances may wait on all of its partitions, 0 or more.
  long instances() {
    double left = LIVE_SHARE * limits.heapBytes() - HEAP_BYTES - residentBytes();
    return Math.max(0, (long) (left / KNOWN_BYTES));
  }

  private long residentBytes() {
    return RESIDENT_BYTES * partitions * residentInstances;
  }

  private long directBytes() {
    return DIRECT_BYTES + (long) partitions * bufferBytes;
  }

  /// For people.
  String line() {
    long instances = instances() / 100_000 * 100_000;
    return String.format(
        Locale.ROOT,
        "Heap up to %d MB, buffers up to %d MB: enough for %s waiting instances on %s",
        limits.heapBytes() / MB,
        limits.directBytes() / MB,
        instances == 0 ? "fewer than 100,000" : String.format(Locale.ROOT, "about %,d", instances),
        counted());
  }

  private String counted() {
    return partitions == 1 ? "1 partition" : partitions + " partitions";
  }

  /// What does not fit, and what to do.
  List<String> shortages() {
    var shortages = new ArrayList<String>();
    long heap = (long) ((HEAP_BYTES + residentBytes()) / LIVE_SHARE);
    if (heap > limits.heapBytes()) {
      shortages.add(
          ("Expected a heap of %d MB or more for %s with up to %d resident instances each, but it is %d MB. Set SKEP_MEMORY to more, or skep.broker.state.residentInstances to less")
              .formatted(heap / MB, counted(), residentInstances, limits.heapBytes() / MB));
    }
    if (directBytes() > limits.directBytes()) {
      shortages.add(
          ("Expected %d MB or more for buffers of %s, but there are %d MB. Set SKEP_MEMORY to more, or"
                  + " -XX:MaxDirectMemorySize in JAVA_OPTS")
              .formatted(directBytes() / MB, counted(), limits.directBytes() / MB));
    }
    return shortages;
  }
}
