package io.skep.adapter.raft;

import io.skep.port.in.DiskRoom;
import java.io.IOException;
import org.apache.ratis.grpc.GrpcUtil;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import org.apache.ratis.thirdparty.io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerCallHandler;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Takes entries and snapshots from leaders only while the disk has room for them.
///
/// To the leader this looks like a follower that fails now and then: it tries again, up to ten
/// times a second, from where the follower is. Heartbeats and votes pass, so that the follower does
/// not stand for election and the others' majority stays what it is.
final class ReplicationGate {
  private final DiskRoom room;

  ReplicationGate(DiskRoom room) {
    this.room = room;
  }

  <Q, R> ServerCall.Listener<Q> open(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var guarded = new GuardedCall<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(guarded, headers)) {
      @Override
      public void onMessage(Q message) {
        if (guarded.isRefused()) return;
        if (!room.isEnoughToReplicate() && takesRoom(message)) guarded.refuse(callId(message));
        else super.onMessage(message);
      }
    };
  }

  private static boolean takesRoom(Object message) {
    return switch (message) {
      case AppendEntriesRequestProto append -> append.getEntriesCount() > 0;
      case InstallSnapshotRequestProto _ -> true;
      default -> false;
    };
  }

  private static long callId(Object message) {
    return switch (message) {
      case AppendEntriesRequestProto append -> append.getServerRequest().getCallId();
      case InstallSnapshotRequestProto install -> install.getServerRequest().getCallId();
      default -> -1;
    };
  }

  /// A call that Ratis may go on answering after it was refused: what it had begun before is still
  /// being written then.
  private static final class GuardedCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean refused;

    GuardedCall(ServerCall<Q, R> call) {
      super(call);
    }

    synchronized boolean isRefused() {
      return refused;
    }

    /// @param callId tells the leader which of its requests it is, and so where to go on
    synchronized void refuse(long callId) {
      refused = true;
      var error =
          GrpcUtil.wrapException(
              new IOException("Expected room on this broker's disk, but there is too little"),
              callId);
      Metadata trailers = error.getTrailers();
      super.close(error.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!refused) super.sendHeaders(headers);
    }

    @Override
    public synchronized void sendMessage(R message) {
      if (!refused) super.sendMessage(message);
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!refused) super.close(status, trailers);
    }
  }
}
