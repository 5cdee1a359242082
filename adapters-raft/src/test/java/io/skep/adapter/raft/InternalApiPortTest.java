package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.GroupListRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftClientRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.grpc.AdminProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftClientProtocolServiceGrpc;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InternalApiPortTest {
  private static final PeerAddresses NOBODY =
      new PeerAddresses() {
        @Override
        public Optional<Address> of(int nodeId) {
          return Optional.empty();
        }

        @Override
        public Runnable onChange(Runnable listener) {
          return () -> {};
        }
      };

  @TempDir Path directory;

  private BrokerInternalApi api(String host, int port) {
    var plan = new Cluster(directory, 1, 1);
    plan.host = host;
    plan.port = port;
    var settings = plan.settings(0);
    return new BrokerInternalApi(
        settings,
        new ClusterMembership(ClusterMembership.profile(settings)),
        NOBODY,
        new FakeRoom());
  }

  @Test
  void shouldNameHostPortAndKeyIfThePortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      // given
      var api = api("127.0.0.1", taken.getLocalPort());

      // when
      var refusal = assertThrows(IllegalStateException.class, api::start).getMessage();

      // then
      assertTrue(refusal.contains("127.0.0.1 port " + taken.getLocalPort()), refusal);
      assertTrue(refusal.contains("zeebe.broker.network.internalApi.port"), refusal);
      assertEquals(0, api.port());
    }
  }

  @Test
  void shouldStartAfterAFailedAttempt() throws IOException {
    // given
    BrokerInternalApi api;
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      api = api("127.0.0.1", taken.getLocalPort());
      assertThrows(IllegalStateException.class, api::start);
    }

    // when
    api.start();

    // then
    assertTrue(api.port() > 0);
    api.stop();
    api.stop();
    assertEquals(0, api.port());
  }

  @Test
  void shouldSayWhatIsWrongWithAHostThatIsNotOurs() {
    // given
    var api = api("host.invalid", 0);

    // when
    var refusal = assertThrows(IllegalStateException.class, api::start).getMessage();

    // then
    assertTrue(refusal.contains("host.invalid"), refusal);
  }

  @Test
  void shouldDenyOutsidersTheCallsOfClientsAndAdministrators() throws InterruptedException {
    // given
    var api = api("127.0.0.1", 0);
    api.start();
    ManagedChannel outsider =
        NettyChannelBuilder.forAddress("127.0.0.1", api.port()).usePlaintext().build();
    try {
      // when
      var administrator =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  AdminProtocolServiceGrpc.newBlockingStub(outsider)
                      .groupList(GroupListRequestProto.getDefaultInstance()));
      var client = new ClientCall();
      RaftClientProtocolServiceGrpc.newStub(outsider)
          .unordered(client)
          .onNext(RaftClientRequestProto.getDefaultInstance());
      var member =
          assertThrows(
              StatusRuntimeException.class,
              () ->
                  RaftServerProtocolServiceGrpc.newBlockingStub(outsider)
                      .requestVote(
                          RequestVoteRequestProto.newBuilder()
                              .setServerRequest(RaftRpcRequestProto.getDefaultInstance())
                              .build()));

      // then
      assertEquals(Status.Code.PERMISSION_DENIED, administrator.getStatus().getCode());
      assertEquals(Status.Code.PERMISSION_DENIED, client.awaitStatus().getCode());
      assertTrue(member.getStatus().getCode() != Status.Code.PERMISSION_DENIED, member.toString());
    } finally {
      outsider.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      api.stop();
    }
  }
}
