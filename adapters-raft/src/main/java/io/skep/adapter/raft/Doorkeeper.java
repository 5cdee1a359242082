package io.skep.adapter.raft;

import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.ServerInterceptor;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;

/// Lets in what members say to each other, gossip included. Ratis also offers its clients' and
/// administrators' calls on this port; with them whoever reaches it could write to the log or
/// remove members. Here they are made within the process only.
final class Doorkeeper implements GrpcServices.Customizer, ServerInterceptor {
  private final GossipLinks gossip;
  private final ReplicationGate gate;
  private final Promises promises;

  Doorkeeper(GossipLinks gossip, ReplicationGate gate, Promises promises) {
    this.gossip = gossip;
    this.gate = gate;
    this.promises = promises;
  }

  @Override
  public NettyServerBuilder customize(
      NettyServerBuilder builder, EnumSet<GrpcServices.Type> types) {
    return builder
        .intercept(this)
        .addService(GossipService.definition(gossip))
        // gRPC takes more frequent ones for an attack and hangs up.
        .permitKeepAliveTime(GossipLinks.KEEP_ALIVE_MS / 2, TimeUnit.MILLISECONDS)
        .keepAliveTime(GossipLinks.KEEP_ALIVE_MS, TimeUnit.MILLISECONDS)
        .keepAliveTimeout(GossipLinks.KEEP_ALIVE_MS / 2, TimeUnit.MILLISECONDS);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String service = call.getMethodDescriptor().getServiceName();
    if (service.equals(GossipService.NAME)) return next.startCall(call, headers);
    if (service.equals(RaftServerProtocolServiceGrpc.SERVICE_NAME)) {
      return gate.open(new PromisedCall<>(call, promises), headers, next);
    }
    call.close(
        Status.PERMISSION_DENIED.withDescription(
            "Expected a call between members, but '%s' is not open to others".formatted(service)),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
