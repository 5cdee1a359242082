package io.skep.adapter.raft;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// A call of another member, which is answered when what the answer tells of is on disk.
final class PromisedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
  private final Promises promises;
  private volatile boolean broken;

  PromisedCall(ServerCall<Q, R> call, Promises promises) {
    super(call);
    this.promises = promises;
  }

  @Override
  public void sendMessage(R message) {
    if (broken) return;
    RaftRpcReplyProto reply = reply(message);
    try {
      if (reply != null) promises.keep(reply.getRaftGroupId().getId());
    } catch (IOException e) {
      broken = true;
      super.close(
          Status.INTERNAL.withDescription(
              "Expected the disk to keep this member's term and vote, but: " + e),
          new Metadata());
      return;
    }
    super.sendMessage(message);
  }

  /// What tells of terms or votes; `null` for the rest.
  private static RaftRpcReplyProto reply(Object message) {
    return switch (message) {
      case RequestVoteReplyProto vote -> vote.getServerReply();
      case AppendEntriesReplyProto append -> append.getServerReply();
      case InstallSnapshotReplyProto install -> install.getServerReply();
      default -> null;
    };
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (!broken) super.close(status, trailers);
  }
}
