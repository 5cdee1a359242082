package io.skep.adapter.raft;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// The internal API of a gateway without a broker: it connects to brokers, and listens nowhere.
@Singleton
final class GatewayInternalApi implements InternalApi {
  private final GatewayMemberSettings settings;
  private final ClusterMembership membership;
  private GossipNode gossip;

  @Inject
  GatewayInternalApi(GatewayMemberSettings settings, ClusterMembership membership) {
    this.settings = settings;
    this.membership = membership;
  }

  @Override
  public synchronized void start() {
    if (gossip != null) return;
    gossip =
        new GossipNode(
            settings.clusterName(), settings.contactPoints(), settings.credentials(), membership);
    byte[] profile = ProfileCodec.gateway(settings.version());
    gossip.start(GossipNode.gatewayId(settings.memberId()), null, profile);
  }

  @Override
  public synchronized void stop() {
    if (gossip == null) return;
    gossip.stop();
    gossip = null;
  }

  @Override
  public int port() {
    return 0;
  }
}
