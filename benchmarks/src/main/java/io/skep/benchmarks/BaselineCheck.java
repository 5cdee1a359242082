package io.skep.benchmarks;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs each benchmark for a few seconds and compares it with a stored baseline. What it measures
/// is rough; it is there to notice what has become worse by far.
public final class BaselineCheck {
  private static final int WARM_UP_S = 3;
  private static final int MEASURED_S = 2;

  private BaselineCheck() {}

  /// @param arguments the file of the baseline, and `--update` to write it anew
  public static void main(String[] arguments) throws RunnerException, IOException {
    var file = Path.of(arguments[0]);
    Map<String, Measured> measured = measure();
    if (arguments.length > 1 && arguments[1].equals("--update")) {
      Measured.write(file, measured);
      System.out.println("Wrote " + file);
      return;
    }
    if (!holds(Measured.read(file), measured)) System.exit(1);
  }

  private static Map<String, Measured> measure() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("io\\.skep\\.benchmarks\\.")
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .forks(1)
            .warmupIterations(WARM_UP_S)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(MEASURED_S)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    var measured = new TreeMap<String, Measured>();
    for (RunResult run : new Runner(options).run()) {
      String name = run.getParams().getBenchmark().replace("io.skep.benchmarks.", "");
      measured.put(name, new Measured(run.getPrimaryResult().getScore(), bytes(run)));
    }
    return measured;
  }

  // JMH's signature has the raw type.
  @SuppressWarnings("rawtypes")
  private static double bytes(RunResult run) {
    return run.getSecondaryResults().entrySet().stream()
        .filter(result -> result.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(result -> result.getValue().getScore())
        .findFirst()
        .orElseThrow();
  }

  private static boolean holds(Map<String, Measured> baseline, Map<String, Measured> measured) {
    boolean holds = true;
    var names = new TreeSet<>(baseline.keySet());
    names.addAll(measured.keySet());
    System.out.println("benchmark, operations a second (baseline), bytes allocated (baseline)");
    for (String name : names) {
      Measured was = baseline.get(name);
      Measured is = measured.get(name);
      if (was == null || is == null) {
        System.out.printf(
            ROOT,
            "  %s: it is %s. Update the baseline%n",
            name,
            was == null ? "new" : "gone, but in the baseline");
        holds = false;
        continue;
      }
      System.out.printf(
          ROOT,
          "  %-34s %,14.0f (%,14.0f) %,8.0f (%,8.0f)%s%n",
          name,
          is.perSecond(),
          was.perSecond(),
          is.bytes(),
          was.bytes(),
          is.isMuchBetterThan(was) ? "  better: update the baseline" : "");
      for (String worse : is.worseThan(was)) {
        System.out.println("    worse: " + worse);
        holds = false;
      }
    }
    return holds;
  }
}
