package io.skep.adapter.raft;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/// Ratis' gRPC, with [PromisingServices] for what leaves. Ratis makes one by the name of its class.
public final class PromisingRpc implements RpcType {

  @Override
  public String name() {
    return PromisingRpc.class.getName();
  }

  @Override
  public RpcFactory newFactory(Parameters parameters) {
    return new Factory(parameters);
  }

  private static final class Factory extends GrpcFactory {
    private final Promises promises;

    Factory(Parameters parameters) {
      super(parameters);
      promises = parameters.getNonNull(Promises.PARAMETER, Promises.class);
    }

    @Override
    public GrpcServices newRaftServerRpc(RaftServer server) {
      return new PromisingServices(super.newRaftServerRpc(server), promises);
    }

    @Override
    public LogAppender newLogAppender(
        RaftServer.Division server, LeaderState state, FollowerInfo follower) {
      return new Appender(server, state, follower);
    }
  }

  /// Entries go out as ever: a leader's promises were kept before it was elected.
  private static final class Appender extends GrpcLogAppender {
    Appender(RaftServer.Division server, LeaderState state, FollowerInfo follower) {
      super(server, state, follower);
    }

    @Override
    public GrpcServicesImpl getServerRpc() {
      var services = (PromisingServices) getServer().getRaftServer().getServerRpc();
      return (GrpcServicesImpl) services.plain();
    }
  }
}
