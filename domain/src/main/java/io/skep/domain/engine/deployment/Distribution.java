package io.skep.domain.engine.deployment;

import io.skep.domain.engine.deployment.DeploymentEvent.DistributionStarted;
import io.skep.domain.engine.store.Row;

/// A deployment or deletion that has not reached every partition.
public final class Distribution extends Row {
  private final DistributionStarted started;

  /// Numbers of the messages that are not acknowledged, by partition; 0 for those that are.
  long[] outstanding;

  Distribution(DistributionStarted started, long[] outstanding) {
    this.started = started;
    this.outstanding = outstanding;
  }

  @Override
  protected Distribution copy() {
    return new Distribution(started, outstanding.clone());
  }

  public DistributionStarted started() {
    return started;
  }

  /// Whether a partition has all of its messages up to a number, this one among them.
  boolean waitsFor(int partitionId, long upToNumber) {
    return outstanding[partitionId] != 0 && outstanding[partitionId] <= upToNumber;
  }

  boolean isComplete() {
    for (long number : outstanding) if (number != 0) return false;
    return true;
  }
}
