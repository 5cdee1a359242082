package io.skep.port.in;

import io.skep.port.out.BrokerClient.JobsAvailable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A gateway that is told of jobs.
final class FakeSession implements JobsAvailable {
  /// Types it was told of, in order.
  final List<String> news = new CopyOnWriteArrayList<>();

  @Override
  public void jobsAvailable(int partitionId, String type) {
    news.add(type);
  }
}
