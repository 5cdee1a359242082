package io.skep.port.in;

import io.skep.port.in.JobStreaming.Receiver;

/// A worker's stream. Belongs to its [JobStreamGroup], but for what the worker says.
final class JobStreamMember implements JobStreaming.Stream {
  final Receiver receiver;
  private volatile boolean gone;
  private volatile JobStreamGroup group;

  JobStreamMember(Receiver receiver) {
    this.receiver = receiver;
  }

  /// It may find a group closed, and enter the next.
  void enter(JobStreamGroup group) {
    this.group = group;
  }

  @Override
  public void ready() {
    group.askAll();
  }

  /// Said before the group is told: if that is no longer the one it is in by then, the next sees
  /// that it has gone when it takes it in.
  @Override
  public void close() {
    gone = true;
    group.leave(this);
  }

  boolean isGone() {
    return gone;
  }
}
