package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.apache.ratis.thirdparty.io.grpc.EquivalentAddressGroup;
import org.apache.ratis.thirdparty.io.grpc.NameResolver;
import org.apache.ratis.thirdparty.io.grpc.NameResolverProvider;
import org.apache.ratis.thirdparty.io.grpc.NameResolverRegistry;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusOr;

/// Names that stand for brokers, resolved when a connection is made.
///
/// Ratis writes the addresses of a partition's members into its log. There they would outlive a
/// broker that comes back elsewhere; so the log gets names, which say cluster and node id, and gRPC
/// asks here where that is now.
final class PeerNames extends NameResolverProvider {
  private static final String SCHEME = "skep-broker";
  private static final PeerNames INSTANCE = new PeerNames();

  /// Who knows addresses in a cluster: one in a process, more where tests run several brokers in
  /// one.
  private final Map<String, Collection<PeerAddresses>> byCluster = new ConcurrentHashMap<>();

  private PeerNames() {
    NameResolverRegistry.getDefaultRegistry().register(this);
  }

  /// What stands for a broker in the log.
  static String of(String clusterName, int nodeId) {
    return SCHEME + ":///" + id(clusterName) + "/" + nodeId;
  }

  /// Has names of this cluster resolved by these addresses.
  static void add(String clusterName, PeerAddresses addresses) {
    INSTANCE
        .byCluster
        .computeIfAbsent(id(clusterName), _ -> new CopyOnWriteArrayList<>())
        .add(addresses);
  }

  static void remove(String clusterName, PeerAddresses addresses) {
    INSTANCE.byCluster.getOrDefault(id(clusterName), List.of()).remove(addresses);
  }

  /// A cluster's name may hold anything, a part of a URI may not.
  private static String id(String clusterName) {
    return UUID.nameUUIDFromBytes(clusterName.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }

  @Override
  public String getDefaultScheme() {
    return SCHEME;
  }

  @Override
  public Collection<Class<? extends SocketAddress>> getProducedSocketAddressTypes() {
    return Set.of(InetSocketAddress.class);
  }

  @Override
  public NameResolver newNameResolver(URI name, NameResolver.Args args) {
    if (!SCHEME.equals(name.getScheme())) return null;
    String[] path = name.getPath().substring(1).split("/");
    var known = byCluster.getOrDefault(path[0], List.of());
    return new Resolver(known, Integer.parseInt(path[1]), args.getOffloadExecutor());
  }

  private static final class Resolver extends NameResolver {
    private final Collection<PeerAddresses> known;
    private final int nodeId;
    private final Executor executor;
    private final List<Runnable> subscriptions = new ArrayList<>();
    private volatile Listener2 listener;

    Resolver(Collection<PeerAddresses> known, int nodeId, Executor executor) {
      this.known = known;
      this.nodeId = nodeId;
      this.executor = executor;
    }

    @Override
    public String getServiceAuthority() {
      return "broker-" + nodeId;
    }

    @Override
    public void start(Listener2 listener) {
      this.listener = listener;
      known.forEach(addresses -> subscriptions.add(addresses.onChange(this::refresh)));
      refresh();
    }

    /// gRPC calls this too, after a connection broke: what the host's name means may have changed.
    @Override
    public void refresh() {
      executor.execute(this::resolve);
    }

    private void resolve() {
      Listener2 told = listener;
      if (told == null) return;
      Optional<Address> address =
          known.stream().flatMap(addresses -> addresses.of(nodeId).stream()).findFirst();
      if (address.isEmpty()) {
        told.onError(
            Status.UNAVAILABLE.withDescription(
                "Expected to know where broker %d is, but it has not been seen".formatted(nodeId)));
        return;
      }
      var socket = new InetSocketAddress(address.get().host(), address.get().port());
      if (socket.isUnresolved()) {
        told.onError(
            Status.UNAVAILABLE.withDescription(
                "Expected to find host '%s' of broker %d, but its name does not resolve"
                    .formatted(address.get().host(), nodeId)));
        return;
      }
      told.onResult(
          ResolutionResult.newBuilder()
              .setAddressesOrError(StatusOr.fromValue(List.of(new EquivalentAddressGroup(socket))))
              .build());
    }

    @Override
    public void shutdown() {
      listener = null;
      subscriptions.forEach(Runnable::run);
    }
  }
}
