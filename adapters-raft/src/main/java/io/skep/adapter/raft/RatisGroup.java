package io.skep.adapter.raft;

import io.skep.adapter.raft.Proposals.Pending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.ProtoUtils;

/// What can be asked of a group that this process takes part in.
final class RatisGroup {
  private static final long SNAPSHOT_TIMEOUT_MS = 60_000;

  private final RaftServer server;
  private final RaftServer.Division division;
  private final RaftClientAsynchronousProtocol entrance;
  private final RaftGroupId id;

  /// Ratis answers a client's second request of the same number from memory. Proposals count for
  /// themselves, the rest has another client.
  private final ClientId proposer = ClientId.randomId();

  private final ClientId administrator = ClientId.randomId();
  private final AtomicLong callIds = new AtomicLong();

  RatisGroup(RaftServer server, RaftGroupId id) throws IOException {
    this.server = server;
    this.id = id;
    this.division = server.getDivision(id);
    // The server hands each request to a pool's thread and waits for it: measured, a third of the
    // throughput with 64 requests
    // in flight. Its divisions take requests on the caller's thread, but do not say so in their
    // type.
    this.entrance = division instanceof RaftClientAsynchronousProtocol direct ? direct : server;
  }

  RaftGroupId id() {
    return id;
  }

  /// Submits an entry. The state machine or this makes the proposal end.
  void submit(Pending pending, List<Long> forgettable) {
    var request = write(proposer, pending.callId(), pending).setRepliedCallIds(forgettable).build();
    CompletableFuture<RaftClientReply> reply;
    try {
      reply = entrance.submitClientRequestAsync(request);
    } catch (IOException | RuntimeException e) {
      pending.fail(cause(e));
      return;
    }
    reply.whenComplete(
        (answer, error) -> {
          pending.replied();
          if (pending.hasEnded()) return;
          if (error != null) pending.fail(cause(error));
          else if (!answer.isSuccess()) pending.fail(answer.getException());
          else
            pending.fail(
                new IllegalStateException(
                    "Expected the proposer to be told of its entry, but it was not"));
        });
  }

  /// Writes an entry that does nothing.
  CompletableFuture<RaftClientReply> submitNothing() throws IOException {
    return entrance.submitClientRequestAsync(
        write(administrator, callIds.incrementAndGet(), Message.EMPTY).build());
  }

  private RaftClientRequest.Builder write(ClientId client, long callId, Message message) {
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(server.getId())
        .setGroupId(id)
        .setCallId(callId)
        .setMessage(message)
        .setType(RaftClientRequest.writeRequestType());
  }

  private static Throwable cause(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }

  /// Has [org.apache.ratis.statemachine.StateMachine#takeSnapshot] called between two entries.
  CompletableFuture<RaftClientReply> requestSnapshot() throws IOException {
    return server.snapshotManagementAsync(
        SnapshotManagementRequest.newCreate(
            administrator, server.getId(), id, callIds.incrementAndGet(), SNAPSHOT_TIMEOUT_MS));
  }

  /// Hands over the lead.
  CompletableFuture<RaftClientReply> transfer(int nodeId, long timeoutMs) throws IOException {
    return transferTo(RatisServer.peer(nodeId), timeoutMs);
  }

  /// Gives up the lead, whoever takes it.
  CompletableFuture<RaftClientReply> stepDown(long timeoutMs) throws IOException {
    return transferTo(null, timeoutMs);
  }

  private CompletableFuture<RaftClientReply> transferTo(RaftPeerId peer, long timeoutMs)
      throws IOException {
    return server.transferLeadershipAsync(
        new TransferLeadershipRequest(
            administrator, server.getId(), id, callIds.incrementAndGet(), peer, timeoutMs));
  }

  /// Stands for election at once, as if the leader had asked for it in handing over.
  ///
  /// @param leader the one that this member follows
  /// @return whether it does
  boolean standForElection(int leader) throws IOException {
    TermIndex last = division.getRaftLog().getLastEntryTermIndex();
    if (last == null) return false;
    var request =
        StartLeaderElectionRequestProto.newBuilder()
            .setServerRequest(
                RaftRpcRequestProto.newBuilder()
                    .setRequestorId(RatisServer.peer(leader).toByteString())
                    .setReplyId(server.getId().toByteString())
                    .setRaftGroupId(ProtoUtils.toRaftGroupIdProtoBuilder(id))
                    .setCallId(callIds.incrementAndGet()))
            .setLeaderLastEntry(last.toProto())
            .build();
    return server.startLeaderElection(request).getServerReply().getSuccess();
  }

  /// Whether this member is a follower of that leader in that term.
  boolean follows(int leader, long term) {
    return division.getInfo().isFollower() && leader() == leader && term() == term;
  }

  /// For how long this member, which follows one, has not heard of the leader.
  long leaderSilentMs() {
    return division
        .getInfo()
        .getRoleInfoProto()
        .getFollowerInfo()
        .getLeaderInfo()
        .getLastRpcElapsedTimeMs();
  }

  boolean isRunning() {
    return division.getInfo().getLifeCycleState() == LifeCycle.State.RUNNING;
  }

  boolean isLeader() {
    return division.getInfo().isLeader();
  }

  /// The leader's node id, -1 if none is known.
  int leader() {
    RaftPeerId leader = division.getInfo().getLeaderId();
    return leader == null ? -1 : Integer.parseInt(leader.toString());
  }

  long term() {
    return division.getInfo().getCurrentTerm();
  }

  long committedIndex() {
    return division.getRaftLog().getLastCommittedIndex();
  }

  long appliedIndex() {
    return division.getInfo().getLastAppliedIndex();
  }

  /// Up to where the log is on this member's disk, `null` if that entry is no longer in the log.
  TermIndex synced() {
    RaftLog log = division.getRaftLog();
    return log.isOpened() ? log.getTermIndex(log.getFlushIndex()) : null;
  }

  long lastIndex() {
    return division.getRaftLog().getNextIndex() - 1;
  }

  /// The leader's view of the others; empty on any other member.
  ///
  /// @param matchIndex up to where its log is known to equal the leader's
  /// @param silentMs since it last answered
  record Follower(int nodeId, long matchIndex, long silentMs) {}

  List<Follower> followers() {
    long[] match = division.getInfo().getFollowerMatchIndices();
    var infos = division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
    var followers = new ArrayList<Follower>();
    // Both come from the same list of the leader's; if it changed in between, the next time will
    // do.
    if (match == null || match.length != infos.size()) return followers;
    for (int i = 0; i < match.length; i++) {
      int nodeId = Integer.parseInt(infos.get(i).getId().getId().toStringUtf8());
      followers.add(new Follower(nodeId, match[i], infos.get(i).getLastRpcElapsedTimeMs()));
    }
    return followers;
  }
}
