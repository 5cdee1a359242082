package io.skep.load;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.skep.load.Measurement.Second;
import io.skep.load.Options.Pace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/// One run: warm up, measure, wait for what is under way.
final class Run {
  private final Gateway gateway;
  private final Options options;
  private final Consumer<Second> progress;
  private final CountDownLatch stopped;
  private final Duration restWithin;

  private final long beganNanos = System.nanoTime();
  private final long fromNanos;
  private final long untilNanos;
  private final Measurement measurement;
  private final Load load;
  private long loopNanosAtStart;
  private double busy;

  /// @param progress is told of each second
  /// @param stopped ends the run early
  /// @param restWithin how long to wait at the end for what is under way
  Run(
      Gateway gateway,
      Options options,
      Consumer<Second> progress,
      CountDownLatch stopped,
      Duration restWithin) {
    this.gateway = gateway;
    this.options = options;
    this.progress = progress;
    this.stopped = stopped;
    this.restWithin = restWithin;
    fromNanos = beganNanos + options.warmUp().toNanos();
    untilNanos = fromNanos + options.duration().toNanos();
    measurement = new Measurement(beganNanos, fromNanos, untilNanos);
    String processId = options.scenario().processId(options.processPrefix());
    var requests = new Requests(processId, options.variablesBytes());
    load = new Load(gateway, options, requests, measurement, untilNanos);
    if (options.scenario() == Scenario.TASK) {
      var worker = new Worker(gateway, requests, load);
      gateway.loop().execute(() -> worker.begin(options.streaming()));
    }
  }

  Result go() throws InterruptedException {
    onLoop(
        () -> {
          load.begin(System.nanoTime());
          loopNanosAtStart = loopNanos();
          return null;
        });
    if (options.pace() instanceof Pace.Open(double perSecond, _)) {
      try (var _ = new Pacer(gateway, load, perSecond).start()) {
        follow();
      }
    } else {
      follow();
    }
    rest();
    return onLoop(() -> end());
  }

  private void follow() throws InterruptedException {
    for (long tickNanos = beganNanos; tickNanos - untilNanos < 0; ) {
      tickNanos = Math.min(tickNanos + SECONDS.toNanos(1), untilNanos);
      boolean isStopped = stopped.await(tickNanos - System.nanoTime(), NANOSECONDS);
      long now = System.nanoTime();
      progress.accept(onLoop(() -> measurement.tick(now, load.inFlight())));
      if (isStopped) break;
    }
  }

  private void rest() throws InterruptedException {
    long now = System.nanoTime();
    onLoop(
        () -> {
          measurement.cut(now);
          load.cut(now);
          busy = (double) (loopNanos() - loopNanosAtStart) / (now - beganNanos);
          return null;
        });
    while (System.nanoTime() - now < restWithin.toNanos()
        && !onLoop(() -> load.comesToRest(System.nanoTime()))) {
      Thread.sleep(10);
    }
  }

  private Result end() {
    load.giveUp(System.nanoTime());
    return measurement.result(busy);
  }

  private static long loopNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private <T> T onLoop(Callable<T> task) throws InterruptedException {
    try {
      return gateway.loop().submit(task).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
