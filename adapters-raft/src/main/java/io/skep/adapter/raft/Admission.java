package io.skep.adapter.raft;

import io.skep.port.out.LogException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a broker whose data were lost from voting as if it had never promised anything.
///
/// Each data directory has an id, and every broker remembers which one each other broker takes part
/// with. A broker with a new directory opens no partition before it has heard from as many others
/// as make a majority with it; if one of them has seen it with another directory, that one is lost,
/// and the start ends. In a new cluster nobody has seen anything.
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final long EXPLAIN_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long LOOK_MS = 500;

  private final InternalApiSettings settings;
  private final BrokerMarker marker;
  private final ClusterMembership membership;
  private volatile Runnable onNewDirectory = () -> {};
  private boolean abandoned;

  Admission(InternalApiSettings settings, BrokerMarker marker, ClusterMembership membership) {
    this.settings = settings;
    this.marker = marker;
    this.membership = membership;
  }

  /// To be called before this broker says anything of itself to others.
  void begin() {
    membership.claim(marker.claim());
    membership.onClaim(this::heard);
    if (marker.isAdmitted() && settings.readmit()) {
      LOG.info(
          "The data directory '{}' is not new: skep.broker.data.readmit has no effect and can be"
              + " removed",
          settings.dataDirectory());
    }
  }

  /// @param action called when another broker takes part with a directory that is new to this one
  void onNewDirectory(Runnable action) {
    onNewDirectory = action;
  }

  /// Remembers what others say, before they can be relied on to take part.
  private synchronized void heard() {
    Map<Integer, DataClaim> claims = membership.claims();
    try {
      claims.forEach(
          (nodeId, claim) -> {
            if (claim.admitted()) see(nodeId, claim.id());
          });
      // What was missed while this one was down, but only that: a broker's own word is newer.
      for (DataClaim claim : claims.values()) {
        Map<Integer, UUID> seen = marker.claim().seen();
        claim
            .seen()
            .forEach(
                (nodeId, id) -> {
                  if (nodeId != settings.nodeId() && !seen.containsKey(nodeId)) see(nodeId, id);
                });
      }
      tell();
    } catch (LogException e) {
      LOG.error("Expected to remember the data directories of other brokers", e);
    }
    notifyAll();
  }

  private void see(int nodeId, UUID id) {
    UUID before = marker.see(nodeId, id);
    if (id.equals(before)) return;
    onNewDirectory.run();
    if (before == null) return;
    LOG.warn(
        "Broker {} takes part with another data directory than before: it was readmitted, or its"
            + " former one is back",
        nodeId);
  }

  private void tell() {
    DataClaim claim = marker.claim();
    if (!claim.equals(membership.claim())) membership.claim(claim);
  }

  /// Returns when this broker may take part.
  ///
  /// @throws LogException if it must not, or [#abandon] comes first
  synchronized void await() {
    if (marker.isAdmitted()) return;
    int needed = settings.readmit() ? settings.clusterSize() - 1 : settings.clusterSize() / 2;
    long explainAt = System.nanoTime() + EXPLAIN_AFTER_NANOS;
    boolean explained = false;
    while (true) {
      if (abandoned) {
        throw new LogException("The start was given up while it waited for other brokers", null);
      }
      Map<Integer, DataClaim> claims = membership.claims();
      if (!settings.readmit()) refuseIfSeen(claims);
      if (claims.size() >= needed) break;
      if (!explained && System.nanoTime() - explainAt >= 0) {
        explain(needed, claims.keySet());
        explained = true;
      }
      pause();
    }
    marker.admit();
    tell();
    if (settings.readmit()) {
      LOG.warn(
          "Broker {} takes part with a new data directory. skep.broker.data.readmit can be removed",
          settings.nodeId());
    }
  }

  private void pause() {
    try {
      wait(LOOK_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("The start was interrupted while it waited for other brokers", e);
    }
  }

  private void explain(int needed, Set<Integer> heard) {
    LOG.info(
        "The data directory '{}' is new. This broker takes part as soon as {} of the other {} brokers"
            + " have said that {}; it has heard from {}",
        settings.dataDirectory(),
        needed,
        settings.clusterSize() - 1,
        settings.readmit() ? "they are up" : "they have not seen it with another one",
        new TreeSet<>(heard));
  }

  private void refuseIfSeen(Map<Integer, DataClaim> claims) {
    UUID own = marker.claim().id();
    var witnesses = new TreeSet<Integer>();
    claims.forEach(
        (nodeId, claim) -> {
          UUID seen = claim.seen().get(settings.nodeId());
          if (seen != null && !seen.equals(own)) witnesses.add(nodeId);
        });
    if (witnesses.isEmpty()) return;
    throw new LogException(
        ("Expected the data of broker %d of cluster '%s' in '%s', but that directory is new, and brokers %s have"
                + " seen this broker with another one. If its disk is not lost, mount it there. If it is lost for"
                + " good, see that all other brokers are up and have caught up, and start this one once with"
                + " --skep.broker.data.readmit=true (or SKEP_BROKER_DATA_READMIT=true), and its data are fetched"
                + " from them")
            .formatted(
                settings.nodeId(), settings.clusterName(), settings.dataDirectory(), witnesses),
        null);
  }

  /// Has whoever waits fail.
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }
}
