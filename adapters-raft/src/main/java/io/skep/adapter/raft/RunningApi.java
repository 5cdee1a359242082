package io.skep.adapter.raft;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What exists between the start and the stop of a broker's internal API.
///
/// @param logs those that are open
record RunningApi(
    BrokerMarker marker,
    Admission admission,
    RatisServer server,
    GossipNode gossip,
    Housekeeping housekeeping,
    Set<RatisPartitionLog> logs)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningApi.class);

  RunningApi(
      BrokerMarker marker,
      Admission admission,
      RatisServer server,
      GossipNode gossip,
      Housekeeping housekeeping) {
    this(marker, admission, server, gossip, housekeeping, ConcurrentHashMap.newKeySet());
    admission.onNewDirectory(() -> logs.forEach(RatisPartitionLog::writeNothing));
  }

  @Override
  public void close() {
    admission.abandon();
    closeLogs();
    gossip.stop();
    housekeeping.close();
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("Expected to close the internal API, but it failed", e);
    }
    marker.close();
  }

  /// At the same time: Ratis waits up to a second in each.
  private void closeLogs() {
    var open = Set.copyOf(logs);
    var left = new CountDownLatch(open.size());
    for (RatisPartitionLog log : open) {
      Thread.startVirtualThread(
          () -> {
            try {
              log.close();
            } finally {
              left.countDown();
            }
          });
    }
    try {
      left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
