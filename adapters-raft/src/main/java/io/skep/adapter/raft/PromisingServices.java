package io.skep.adapter.raft;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;

/// What a member asks of others. Whoever asks for votes has voted for itself, which must be on disk
/// before: it may not vote for another in that term after a power cut.
final class PromisingServices implements GrpcServices {
  private final GrpcServices plain;
  private final Promises promises;

  PromisingServices(GrpcServices plain, Promises promises) {
    this.plain = plain;
    this.promises = promises;
  }

  GrpcServices plain() {
    return plain;
  }

  @Override
  public RequestVoteReplyProto requestVote(RequestVoteRequestProto request) throws IOException {
    promises.keep(request.getServerRequest().getRaftGroupId().getId());
    return plain.requestVote(request);
  }

  // The rest is as it was.

  @Override
  public AppendEntriesReplyProto appendEntries(AppendEntriesRequestProto request)
      throws IOException {
    return plain.appendEntries(request);
  }

  @Override
  public InstallSnapshotReplyProto installSnapshot(InstallSnapshotRequestProto request)
      throws IOException {
    return plain.installSnapshot(request);
  }

  @Override
  public StartLeaderElectionReplyProto startLeaderElection(StartLeaderElectionRequestProto request)
      throws IOException {
    return plain.startLeaderElection(request);
  }

  @Override
  public RaftServerAsynchronousProtocol async() {
    return plain.async();
  }

  @Override
  public void handleException(RaftPeerId serverId, Exception e, boolean reconnect) {
    plain.handleException(serverId, e, reconnect);
  }

  @Override
  public void notifyNotLeader(RaftGroupId groupId) {
    plain.notifyNotLeader(groupId);
  }

  @Override
  public void addRaftPeers(Collection<RaftPeer> peers) {
    plain.addRaftPeers(peers);
  }

  @Override
  public RpcType getRpcType() {
    return plain.getRpcType();
  }

  @Override
  public InetSocketAddress getInetSocketAddress() {
    return plain.getInetSocketAddress();
  }

  @Override
  public InetSocketAddress getClientServerAddress() {
    return plain.getClientServerAddress();
  }

  @Override
  public InetSocketAddress getAdminServerAddress() {
    return plain.getAdminServerAddress();
  }

  @Override
  public void start() throws IOException {
    plain.start();
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
