package io.skep.load;

import io.skep.load.Gateway.GatewayException;
import io.skep.load.Options.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `skep bench`: puts load on a gateway and tells what it carried.
public final class LoadGenerator {
  static final int OK = 0;

  /// There is no gateway, or some operations did not end well.
  static final int FAILED = 1;

  /// The options make no sense.
  static final int MISUSED = 2;

  /// For the report of a run that is told to end.
  private static final int END_WITHIN_S = 30;

  private final PrintStream out;
  private final PrintStream err;
  private final Duration restWithin;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch reported = new CountDownLatch(1);

  public LoadGenerator(PrintStream out, PrintStream err) {
    this(out, err, Duration.ofSeconds(15));
  }

  /// @param restWithin how long to wait at the end for what is under way
  LoadGenerator(PrintStream out, PrintStream err, Duration restWithin) {
    this.out = out;
    this.err = err;
    this.restWithin = restWithin;
  }

  /// @param arguments see `--help`
  /// @return exit code
  public int run(List<String> arguments) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      out.print(Options.HELP);
      return OK;
    }
    try {
      Options options = OptionReader.read(arguments);
      // Better now than after a run of an hour.
      for (Path file : new Path[] {options.json(), options.plot()}) touch(file);
      return run(options);
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.println("See skep bench --help");
      return MISUSED;
    } catch (GatewayException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (IOException e) {
      err.println("Expected to write the results, but: " + e);
      return FAILED;
    } catch (InterruptedException _) {
      return FAILED;
    }
  }

  private static void touch(Path file) throws IOException {
    if (file == null) return;
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE).close();
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "Expected to write %s, but there is no such folder".formatted(file.toAbsolutePath()));
    } catch (IOException e) {
      throw new UsageException("Expected to write %s, but: %s".formatted(file, e));
    }
  }

  private int run(Options options) throws IOException, InterruptedException {
    try (var gateway = new Gateway(options.target())) {
      var report = new Report(out, options);
      report.begin(gateway.topology());
      String processId = options.scenario().processId(options.processPrefix());
      gateway.deploy(processId + ".bpmn", options.scenario().model(processId));
      Result result = result(new Run(gateway, options, report::second, stopped, restWithin));
      report.end(result);
      if (options.json() != null) Files.writeString(options.json(), Json.of(options, result));
      if (options.plot() != null) Files.writeString(options.plot(), Plot.of(options, result));
      return result.isGood() ? OK : FAILED;
    } finally {
      reported.countDown();
    }
  }

  /// Ctrl-C ends the run, and not the report.
  private Result result(Run run) throws InterruptedException {
    var hook = Thread.ofPlatform().name("stop").unstarted(this::stop);
    Runtime.getRuntime().addShutdownHook(hook);
    Result result = run.go();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // It runs, and waits for the report.
    }
    return result;
  }

  private void stop() {
    stopped.countDown();
    try {
      reported.await(END_WITHIN_S, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      // Nobody interrupts it.
    }
  }
}
