package io.skep.port.in;

/// How many commands may be in flight, as the time shows that they take.
///
/// Additive increase, multiplicative decrease, as TCP does it: while answers come in time and what
/// is in flight is near the limit, the limit rises by steps; if they are late, it falls to a part.
/// Commands are judged by the mean of some time and not one by one. A whole entry of the log is
/// late at once, and each of its commands would lower the limit for the same reason.
final class InFlightLimit {
  private static final long WINDOW_NANOS = 100_000_000;
  private static final int MIN_SAMPLES = 10;

  /// Steps from nothing to the initial limit: at the usual one of 100 the limit rises by 100 a
  /// second.
  private static final int STEPS = 10;

  private final LimitSettings settings;
  private final int step;
  private volatile int limit;
  private boolean begun;
  private long windowBegan;
  private long latencySum;
  private int samples;
  private int mostInFlight;

  InFlightLimit(LimitSettings settings) {
    this.settings = settings;
    this.step = Math.max(1, settings.initial() / STEPS);
    this.limit = settings.initial();
  }

  int current() {
    return limit;
  }

  /// A command was run. By one thread at a time.
  ///
  /// @param latencyNanos from its arrival until it was run
  /// @param inFlight as many were on their way, it included
  /// @param nowNanos never goes back
  void ran(long latencyNanos, int inFlight, long nowNanos) {
    if (settings.min() == settings.max()) return;
    if (!begun) {
      begun = true;
      windowBegan = nowNanos;
    }
    latencySum += latencyNanos;
    samples++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (samples >= MIN_SAMPLES && nowNanos - windowBegan >= WINDOW_NANOS) adapt(nowNanos);
  }

  private void adapt(long nowNanos) {
    int now = limit;
    if (latencySum / samples > settings.latency().toNanos()) {
      limit = Math.max(settings.min(), (int) (now * settings.backoffRatio()));
    } else if (mostInFlight * 2L >= now) {
      // Nothing speaks for a higher limit as long as this one is not needed.
      limit = Math.min(settings.max(), now + step);
    }
    windowBegan = nowNanos;
    latencySum = 0;
    samples = 0;
    mostInFlight = 0;
  }
}
