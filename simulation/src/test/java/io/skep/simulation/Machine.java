package io.skep.simulation;

import io.skep.port.out.Clock;
import io.skep.port.out.Scheduler;
import java.util.ArrayDeque;
import java.util.Queue;

/// What a process runs on: may die, stop for a while, be slow, and show a wrong time.
final class Machine implements Clock, Scheduler {
  /// Epoch milliseconds at the beginning.
  private static final long EPOCH_MS = 1_700_000_000_000L;

  final String name;
  private final Timeline timeline;
  private final Queue<Runnable> held = new ArrayDeque<>();
  private long wrongByMs;
  private long slowMs;
  private boolean up = true;
  private boolean paused;

  Machine(String name, Timeline timeline, long wrongByMs) {
    this.name = name;
    this.timeline = timeline;
    this.wrongByMs = wrongByMs;
  }

  boolean isUp() {
    return up;
  }

  boolean isPaused() {
    return paused;
  }

  /// Nothing of what it was to do will be done.
  void die() {
    up = false;
    held.clear();
  }

  void pause() {
    paused = true;
  }

  /// Does all that came up meanwhile.
  void resume() {
    paused = false;
    while (!paused && !held.isEmpty()) held.remove().run();
  }

  void slowDown(long ms) {
    slowMs = ms;
  }

  /// By how much everything takes longer, milliseconds.
  long slowMs() {
    return slowMs;
  }

  /// Somebody sets the clock.
  void jump(long ms) {
    wrongByMs += ms;
  }

  long wrongByMs() {
    return wrongByMs;
  }

  /// Runs something here, now or when it goes on.
  void run(Runnable task) {
    if (!up) return;
    if (paused) held.add(task);
    else task.run();
  }

  @Override
  public long nowMs() {
    return EPOCH_MS + timeline.nowMs() + wrongByMs;
  }

  @Override
  public long nanoTime() {
    return timeline.nowMs() * 1_000_000;
  }

  @Override
  public Cancellable schedule(long delayMs, Runnable task) {
    var alarm = new Alarm(task);
    timeline.in(delayMs, () -> run(alarm));
    return alarm;
  }

  private static final class Alarm implements Cancellable, Runnable {
    private Runnable task;

    Alarm(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (task != null) task.run();
    }

    @Override
    public void cancel() {
      task = null;
    }
  }
}
