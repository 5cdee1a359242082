package io.skep.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/// What can be reached on the heap of this JVM, by class. To find out it collects all that cannot.
///
/// @param classes bytes of all objects of a class
record LiveHeap(Map<String, Long> classes) {

  static LiveHeap now() {
    var classes = new TreeMap<String, Long>();
    // num, #instances, #bytes, class name (module)
    for (String line : histogram().split("\n")) {
      String[] columns = line.strip().split("\\s+");
      if (columns.length < 4 || !columns[0].endsWith(":")) continue;
      // What the collector puts into gaps.
      if (columns[3].contains("jdk.internal.vm.Filler")) continue;
      classes.merge(columns[3], Long.parseLong(columns[2]), Long::sum);
    }
    if (classes.isEmpty()) throw new IllegalStateException("The histogram cannot be read");
    return new LiveHeap(classes);
  }

  private static String histogram() {
    try {
      return (String)
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IllegalStateException("This JVM cannot say what is on its heap", e);
    }
  }

  /// What has been added.
  LiveHeap since(LiveHeap before) {
    var added = new TreeMap<String, Long>();
    classes.forEach(
        (name, bytes) -> added.put(name, bytes - before.classes.getOrDefault(name, 0L)));
    return new LiveHeap(added);
  }

  long bytes() {
    return classes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// The classes that take most, a line each.
  List<String> largest(int limit) {
    return classes.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(limit)
        .map(entry -> "%,12d %s".formatted(entry.getValue(), entry.getKey()))
        .toList();
  }
}
