package io.skep.adapter.raft;

import io.skep.port.in.DiskRoom;

/// Room as a test gives it.
final class FakeRoom implements DiskRoom {
  volatile boolean isEnough = true;

  @Override
  public boolean isEnoughToProcess() {
    return isEnough;
  }

  @Override
  public boolean isEnoughToReplicate() {
    return isEnough;
  }
}
