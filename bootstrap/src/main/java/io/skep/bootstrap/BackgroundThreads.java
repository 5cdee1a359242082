package io.skep.bootstrap;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads with which the JVM collects garbage while others run. Nobody waits for them, but
/// they use a core for milliseconds at a time, and on a small machine that is one that a thread
/// with a request is waiting for. Linux gives the core to that one at once if they are _nicer_.
///
/// The JVM's own flags for it change the threads of its pauses as well, and want privileges.
/// Compilers stay as they are: with many processes on few cores they would be starved, and all
/// would be slow for longer.
final class BackgroundThreads {
  /// How often to look whether there is work.
  static final Duration PERIOD = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundThreads.class);
  private static final Path THREADS = Path.of("/proc/self/task");

  /// As Linux has the names. Threads that these start later get their niceness from them. `GC
  /// Thread` works in pauses: everybody waits for it.
  private static final List<String> NAMES = List.of("G1 Main Marker", "G1 Conc", "G1 Refine");

  /// How much nicer than they are, of 0 to 19. They get a tenth of a core that others would use all
  /// of, and all of one that is idle.
  private static final int NICER = 10;

  private static final int NICEST = 19;

  /// The `PRIO_PROCESS` of sys/resource.h, where Linux takes a thread's id as well.
  private static final int ONE_THREAD = 0;

  /// CPU time of this process at the last look, `null` before the first.
  private Duration used;

  private boolean done;

  /// Makes them nicer once this process works: used a fifth of a core since the last look. One that
  /// has nothing to do need not have the 8 MB that it takes to ask Linux.
  ///
  /// Elsewhere than on Linux there is nothing to do; if it fails, all threads stay equal.
  void look() {
    if (done) return;
    Duration now = used();
    if (used != null && now.minus(used).compareTo(PERIOD.dividedBy(5)) >= 0) {
      done = true;
      makeNicer();
    }
    used = now;
  }

  private static Duration used() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void makeNicer() {
    if (!Files.isDirectory(THREADS)) return;
    try (Stream<Path> threads = Files.list(THREADS)) {
      MethodHandle getPriority =
          priority("getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
      MethodHandle setPriority =
          priority("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
      for (Path thread : threads.filter(BackgroundThreads::isOne).toList()) {
        int id = Integer.parseInt(thread.getFileName().toString());
        // The whole process may have been started with some niceness.
        int niceness = Math.min(NICEST, NICER + (int) getPriority.invokeExact(ONE_THREAD, id));
        int result = (int) setPriority.invokeExact(ONE_THREAD, id, niceness);
        if (result != 0) LOG.debug("Expected thread {} to become nicer, but Linux refused", id);
      }
    } catch (Throwable e) {
      // A method handle may throw anything. Nothing depends on this.
      LOG.debug("Expected background threads to become nicer, but that failed", e);
    }
  }

  private static boolean isOne(Path thread) {
    try {
      String name = Files.readString(thread.resolve("comm"));
      return NAMES.stream().anyMatch(name::startsWith);
    } catch (IOException _) {
      // It has ended.
      return false;
    }
  }

  /// There is nothing in the JDK that does it.
  @SuppressWarnings("restricted")
  private static MethodHandle priority(String function, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor);
  }
}
