package io.skep.bootstrap;

import io.skep.bootstrap.CommandLine.UsageException;
import io.skep.bootstrap.config.BrokerConfig;
import io.skep.bootstrap.config.Configuration;
import io.skep.bootstrap.config.ConfigurationException;
import io.skep.bootstrap.config.GatewayConfig;
import io.skep.bootstrap.config.Inputs;
import io.skep.bootstrap.config.Role;
import io.skep.bootstrap.config.Version;
import io.skep.load.LoadGenerator;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where it all begins.
public final class Main {
  static final int OK = 0;

  /// It could not start, or the configuration is wrong.
  static final int FAILED = 1;

  /// The arguments make no sense.
  static final int MISUSED = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> variables;

  Main(PrintStream out, PrintStream err, Map<String, String> variables) {
    this.out = out;
    this.err = err;
    this.variables = variables;
  }

  public static void main(String[] arguments) {
    int code = new Main(System.out, System.err, System.getenv()).run(List.of(arguments));
    // Libraries may have started threads that would keep the process alive.
    System.exit(code);
  }

  /// @return the exit code; for a broker or gateway that runs, only after it was stopped
  int run(List<String> arguments) {
    boolean detailed = Logging.start(variables);
    try {
      CommandLine line = CommandLine.parse(arguments, variables);
      switch (line.task()) {
        case SHOW_HELP -> out.print(CommandLine.HELP);
        case SHOW_VERSION ->
            out.printf("Skep %s, speaks Zeebe %s%n", Version.text(), Version.PROTOCOL);
        case SHOW_CONFIGURATION -> out.print(ConfigurationPage.of(configuration(line)));
        case TRAIN -> Training.run();
        case BENCH -> {
          return new LoadGenerator(out, err).run(line.settings());
        }
        case RUN -> serve(line.role(), configuration(line));
      }
      return OK;
    } catch (UsageException e) {
      err.println(e.getMessage());
      err.println("See skep --help");
      return MISUSED;
    } catch (ConfigurationException e) {
      e.problems().forEach(err::println);
      return FAILED;
    } catch (RuntimeException | LinkageError e) {
      err.println(message(e));
      if (detailed) e.printStackTrace(err);
      return FAILED;
    }
  }

  private Configuration configuration(CommandLine line) {
    return Configuration.load(
        line.role(), Inputs.ofProcess(line.settings(), line.configFile()).withVariables(variables));
  }

  private void serve(Role role, Configuration configuration) {
    Logger log = LoggerFactory.getLogger("skep");
    configuration.warnings().forEach(log::warn);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> log.error("Thread {} failed", thread.getName(), failure));
    Process process =
        switch (role) {
          case BROKER -> {
            BrokerConfig config = BrokerConfig.of(configuration);
            BrokerMemory.of(config).shortages().forEach(log::warn);
            yield Process.of(config, DaggerBrokerComponent.factory().create(config));
          }
          case GATEWAY -> {
            GatewayConfig config = GatewayConfig.of(configuration);
            yield Process.of(config, DaggerGatewayComponent.factory().create(config));
          }
        };
    var stopped = new CountDownLatch(1);
    var hook = Thread.ofPlatform().name("stop").unstarted(() -> stop(process, stopped));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.steps().start();
    } catch (RuntimeException | Error e) {
      // A signal during the start stops it, too: then the hook has the last word.
      if (removeHook(hook)) throw e;
      await(stopped, () -> {});
      return;
    }
    out.print(process.banner().text(sinceStartNanos()));
    out.flush();
    process.afterwards().run();
    await(stopped, new BackgroundThreads()::look);
  }

  /// Runs when the process is told to end. The JVM would make the signal its exit code, but to be
  /// asked to stop and to do so is no failure.
  private void stop(Process process, CountDownLatch stopped) {
    process.steps().stop();
    out.println("Skep has stopped.");
    out.flush();
    err.flush();
    stopped.countDown();
    Runtime.getRuntime().halt(OK);
  }

  private static boolean removeHook(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      return false;
    }
  }

  /// @param meanwhile done every [BackgroundThreads#PERIOD]
  private static void await(CountDownLatch stopped, Runnable meanwhile) {
    boolean done = false;
    while (!done) {
      try {
        done = stopped.await(BackgroundThreads.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        // Nobody interrupts the main thread on purpose.
      }
      if (!done) meanwhile.run();
    }
  }

  private static long sinceStartNanos() {
    // The operating system's own record of it may be off by a second.
    return ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000;
  }

  /// One line that says what is wrong: the outermost message that was meant for people.
  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? "Skep could not start: " + failure : message;
  }
}
