package io.skep.port.in;

import java.util.ArrayDeque;
import java.util.Queue;

/// What comes off the wire together. An event loop hands requests over one by one, and a partition
/// at rest would at once put the first into the log, alone: a write to disk for one command, for
/// which all others wait. So an event loop says when it begins to hand over and when it has ended,
/// and what is to follow from all of it waits until then.
///
/// By thread, as an event loop is one, and nothing between it and the partition needs to know.
public final class Arrivals {
  private static final ThreadLocal<Arrivals> OF_THREAD = ThreadLocal.withInitial(Arrivals::new);

  private final Queue<Runnable> later = new ArrayDeque<>();
  private boolean open;

  private Arrivals() {}

  /// This thread hands over what has come, and calls [#end] then, whatever happens.
  public static void begin() {
    OF_THREAD.get().open = true;
  }

  /// Does what was left for then.
  public static void end() {
    var arrivals = OF_THREAD.get();
    arrivals.open = false;
    arrivals.doRest();
  }

  /// Leaves something for when this thread has handed over all that has come. The same thing is
  /// done once.
  ///
  /// @return whether it will be done then; if not, nothing is being handed over
  public static boolean whenOver(Runnable action) {
    var arrivals = OF_THREAD.get();
    if (!arrivals.open) return false;
    if (!arrivals.later.contains(action)) arrivals.later.add(action);
    return true;
  }

  private void doRest() {
    Runnable next = later.poll();
    if (next == null) return;
    try {
      next.run();
    } finally {
      doRest();
    }
  }
}
