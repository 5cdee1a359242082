package io.skep.adapter.raft;

import io.skep.domain.cluster.PartitionDistribution.Replica;
import io.skep.domain.cluster.PartitionDistribution.Replicas;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.util.ExitUtils;
import org.apache.ratis.util.LifeCycle;

/// Ratis' server: one for the process, with a group for each partition, all on one port.
final class RatisServer implements AutoCloseable {
  static {
    keepProcessAlive();
  }

  private final RaftServer server;
  private final Promises promises;
  private final RaftPeerId self;
  private final ClientId client = ClientId.randomId();
  private final Map<RaftGroupId, StateMachine> machines = new ConcurrentHashMap<>();

  /// Listens as soon as it is constructed.
  ///
  /// @param partitions the directory for the groups
  /// @throws IllegalStateException if the port cannot be bound
  RatisServer(
      InternalApiSettings settings,
      Path partitions,
      GrpcServices.Customizer customizer,
      Promises promises)
      throws IOException {
    this.promises = promises;
    probe(settings);
    RaftProperties properties = RatisProperties.of(settings);
    // A server opens the groups that it finds on disk when it is built, which is before anybody has
    // said what is to happen
    // with their entries. So it is built where there are none.
    RatisProperties.storage(properties, partitions.resolve("none"));
    var parameters = new Parameters();
    GrpcConfigKeys.Server.setServicesCustomizer(parameters, customizer);
    parameters.put(Promises.PARAMETER, promises, Promises.class);
    RaftConfigKeys.Rpc.setType(properties, new PromisingRpc());
    if (settings.credentials() != null) InternalTls.require(parameters, settings.credentials());
    self = peer(settings.nodeId());
    server =
        RaftServer.newBuilder()
            .setServerId(self)
            .setProperties(properties)
            .setParameters(parameters)
            .setStateMachineRegistry(machines::get)
            .build();
    RatisProperties.storage(properties, partitions);
    listen(settings);
  }

  /// Ratis fails as well if it cannot have the port, but with pages of traces.
  private static void probe(InternalApiSettings settings) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(settings.host(), settings.port()));
    } catch (IOException e) {
      throw cannotListen(settings, e);
    }
  }

  private void listen(InternalApiSettings settings) throws IOException {
    try {
      server.start();
    } catch (ExitUtils.ExitException e) {
      ExitUtils.clear();
      server.close();
      throw cannotListen(settings, e.getCause() == null ? e : e.getCause());
    }
  }

  private static IllegalStateException cannotListen(InternalApiSettings settings, Throwable cause) {
    return new IllegalStateException(
        ("Expected to listen for the internal API on %s port %d, but: %s. Free the port, or set"
                + " zeebe.broker.network.internalApi.port (and .host) to what is free and belongs to this machine")
            .formatted(settings.host(), settings.port(), cause.getMessage()),
        cause);
  }

  /// Ratis would end the process if its port is taken or one of anybody's threads ends with an
  /// exception.
  private static void keepProcessAlive() {
    var handler = Thread.getDefaultUncaughtExceptionHandler();
    ExitUtils.disableSystemExit();
    ExitUtils.setTerminateOnUncaughtException(false);
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  static RaftPeerId peer(int nodeId) {
    return RaftPeerId.valueOf(Integer.toString(nodeId));
  }

  /// The group of a partition. Its id is the same on all members, and another in each cluster.
  static RaftGroup group(String clusterName, Replicas partition) {
    return RaftGroup.valueOf(
        RaftGroupId.valueOf(groupId(clusterName, partition.partitionId())),
        partition.members().stream()
            .map(Replica::nodeId)
            .map(
                nodeId ->
                    RaftPeer.newBuilder()
                        .setId(peer(nodeId))
                        .setAddress(PeerNames.of(clusterName, nodeId))
                        .build())
            .toList());
  }

  /// The name of a partition's directory as well.
  static UUID groupId(String clusterName, int partitionId) {
    String name = "skep/%s/%d".formatted(clusterName, partitionId);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /// Opens a group; creates it if it is not on disk. Returns when it takes part.
  RatisGroup join(RaftGroup group, StateMachine machine) throws IOException {
    machines.put(group.getGroupId(), machine);
    try {
      server.groupManagement(GroupManagementRequest.newAdd(client, self, 0, group, false));
      return new RatisGroup(server, group.getGroupId());
    } finally {
      machines.remove(group.getGroupId());
    }
  }

  /// Closes a group and keeps what is on disk. Groups can be closed at the same time.
  void leave(RaftGroupId group) throws IOException {
    if (server.getLifeCycleState() != LifeCycle.State.RUNNING) return;
    server.groupManagement(GroupManagementRequest.newRemove(client, self, 0, group, false, false));
  }

  Promises promises() {
    return promises;
  }

  int port() {
    return server.getServerRpc().getInetSocketAddress().getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
