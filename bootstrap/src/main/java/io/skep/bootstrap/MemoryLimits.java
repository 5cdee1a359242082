package io.skep.bootstrap;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// How much memory the JVM lets this process have. `bin/skep` sets both limits from SKEP_MEMORY.
///
/// @param heapBytes for objects
/// @param directBytes for buffers outside of the heap
record MemoryLimits(long heapBytes, long directBytes) {
  private static final String DIRECT = "-XX:MaxDirectMemorySize=";

  static MemoryLimits ofProcess() {
    return of(
        Runtime.getRuntime().maxMemory(), ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /// @param arguments of the JVM; without a limit for buffers among them it is that of the heap
  static MemoryLimits of(long heapBytes, List<String> arguments) {
    long direct = 0;
    for (String argument : arguments) {
      if (argument.startsWith(DIRECT)) direct = bytes(argument.substring(DIRECT.length()));
    }
    return new MemoryLimits(heapBytes, direct == 0 ? heapBytes : direct);
  }

  /// As the JVM, which has refused what is no size, reads it.
  private static long bytes(String text) {
    int unit = "kmgt".indexOf(text.toLowerCase(Locale.ROOT).charAt(text.length() - 1));
    return unit < 0
        ? Long.parseLong(text)
        : Long.parseLong(text.substring(0, text.length() - 1)) << 10 * (unit + 1);
  }
}
