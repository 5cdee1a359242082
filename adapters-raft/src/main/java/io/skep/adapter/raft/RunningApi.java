package io.skep.adapter.raft;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    Set<MemberLog> logs)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningApi.class);
  private static final long CLOSE_MS = 15_000;

  RunningApi(
      BrokerMarker marker,
      Admission admission,
      RatisServer server,
      GossipNode gossip,
      Housekeeping housekeeping) {
    this(marker, admission, server, gossip, housekeeping, ConcurrentHashMap.newKeySet());
    admission.onNewDirectory(() -> logs.forEach(MemberLog::writeNothing));
  }

  @Override
  public void close() {
    admission.abandon();
    closeLogs();
    gossip.stop();
    housekeeping.close();
    atOnce("the internal API", List.of(this::closeServer));
    marker.close();
  }

  private void closeServer() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.warn("Expected to close the internal API, but it failed", e);
    }
  }

  /// At the same time: Ratis waits up to a second in each.
  private void closeLogs() {
    atOnce("all partitions", logs.stream().<Runnable>map(log -> log::close).toList());
  }

  /// Ratis has been seen to wait for ever for a thread of a partition that had met a fault. A stop
  /// must end nevertheless; what is on disk does not need its help.
  private static void atOnce(String what, List<Runnable> closings) {
    var left = new CountDownLatch(closings.size());
    for (Runnable closing : closings) {
      Thread.startVirtualThread(
          () -> {
            try {
              closing.run();
            } finally {
              left.countDown();
            }
          });
    }
    try {
      if (!left.await(CLOSE_MS, TimeUnit.MILLISECONDS))
        LOG.warn("Expected to close {} within {} ms, but it goes on", what, CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
