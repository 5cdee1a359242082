package io.skep.bootstrap.architecture.violation.domain;

final class StartsAThread {
  void start(Runnable task) {
    Thread.startVirtualThread(task);
  }
}
