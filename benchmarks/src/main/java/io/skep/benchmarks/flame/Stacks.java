package io.skep.benchmarks.flame;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/// Stack traces of a recording, put together to a tree: threads of one kind, then the methods they
/// were in, outermost first.
final class Stacks {
  /// What a stack trace counts for.
  enum Kind {
    /// Samples of running Java code.
    CPU("jdk.ExecutionSample", "samples"),
    /// Estimated bytes.
    ALLOCATION("jdk.ObjectAllocationSample", "bytes");

    final String event;
    final String unit;

    Kind(String event, String unit) {
      this.event = event;
      this.unit = unit;
    }

    private long weight(RecordedEvent event) {
      return this == CPU ? 1 : event.getLong("weight");
    }
  }

  /// A method, and all below it.
  static final class Node {
    final Map<String, Node> children = new TreeMap<>();
    long weight;

    private Node child(String name) {
      return children.computeIfAbsent(name, _ -> new Node());
    }
  }

  final Node root = new Node();

  /// @param names outermost first
  void add(List<String> names, long weight) {
    Node node = root;
    node.weight += weight;
    for (String name : names) {
      node = node.child(name);
      node.weight += weight;
    }
  }

  static Stacks read(Path recording, Kind kind) throws IOException {
    var stacks = new Stacks();
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (!event.getEventType().getName().equals(kind.event)) continue;
        RecordedStackTrace trace = event.getStackTrace();
        if (trace != null) stacks.add(names(thread(event), trace), kind.weight(event));
      }
    }
    return stacks;
  }

  private static RecordedThread thread(RecordedEvent event) {
    return event.hasField("sampledThread")
        ? event.getThread("sampledThread")
        : event.getThread("eventThread");
  }

  private static List<String> names(RecordedThread thread, RecordedStackTrace trace) {
    var names = new ArrayList<String>();
    names.add(threads(thread));
    // The outer part of a deep stack is not in the recording.
    if (trace.isTruncated()) names.add("(too deep)");
    for (RecordedFrame frame : trace.getFrames().reversed()) names.add(method(frame));
    return names;
  }

  /// Threads of a pool have a number each, which would tear apart what belongs together.
  private static String threads(RecordedThread thread) {
    if (thread == null) return "(unknown thread)";
    String name = thread.getJavaName() != null ? thread.getJavaName() : thread.getOSName();
    if (name == null || name.isEmpty()) return "(threads without a name)";
    return name.replaceAll("\\d+", "N");
  }

  private static String method(RecordedFrame frame) {
    var method = frame.getMethod();
    // The rest of such a name differs from start to start.
    String type = method.getType().getName().replaceAll("(\\$\\$Lambda|/0x).*", "\\$\\$Lambda");
    return type + "." + method.getName();
  }

  /// One line for each stack, as other tools for flame graphs read it: names with `;` between them,
  /// then the weight of what ended there.
  List<String> folded() {
    var lines = new ArrayList<String>();
    root.children.forEach((name, node) -> fold(name, node, lines));
    return lines;
  }

  private static void fold(String path, Node node, List<String> lines) {
    long own = node.weight;
    for (Node child : node.children.values()) own -= child.weight;
    if (own > 0) lines.add(path + " " + own);
    node.children.forEach((name, child) -> fold(path + ";" + name, child, lines));
  }
}
