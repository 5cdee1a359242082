package io.skep.adapter.raft;

import io.skep.port.out.LogException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;

/// A broker's internal API: Ratis' server with its port.
@Singleton
final class BrokerInternalApi implements InternalApi {
  private final InternalApiSettings settings;
  private final PeerAddresses addresses;
  private RunningApi running;

  @Inject
  BrokerInternalApi(InternalApiSettings settings, PeerAddresses addresses) {
    this.settings = settings;
    this.addresses = addresses;
  }

  @Override
  public synchronized void start() {
    if (running != null) return;
    Path directory = settings.dataDirectory().resolve("raft");
    var marker = BrokerMarker.claim(directory, settings);
    try {
      PeerNames.add(settings.clusterName(), addresses);
      var server = new RatisServer(settings, BrokerMarker.partitionsIn(directory), new Doorkeeper());
      running = new RunningApi(marker, server, new Housekeeping());
    } catch (IOException e) {
      throw new LogException(
          "Expected to start the internal API on '%s', but: %s. Check the data directory's disk and permissions"
              .formatted(directory, e),
          e);
    } finally {
      if (running == null) {
        PeerNames.remove(settings.clusterName(), addresses);
        marker.close();
      }
    }
  }

  @Override
  public synchronized void stop() {
    if (running == null) return;
    running.close();
    running = null;
    PeerNames.remove(settings.clusterName(), addresses);
  }

  @Override
  public synchronized int port() {
    return running == null ? 0 : running.server().port();
  }

  /// @throws IllegalStateException if it is not running
  synchronized RunningApi running() {
    if (running == null) {
      throw new IllegalStateException("Expected the internal API to run before a partition is opened, but it does not");
    }
    return running;
  }
}
