package io.skep.adapter.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.RaftClientReplyProto;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Waits for the end of a call that a client of Ratis would make.
final class ClientCall implements StreamObserver<RaftClientReplyProto> {
  private final CompletableFuture<Status> status = new CompletableFuture<>();

  @Override
  public void onNext(RaftClientReplyProto reply) {
    status.complete(Status.OK);
  }

  @Override
  public void onError(Throwable error) {
    status.complete(Status.fromThrowable(error));
  }

  @Override
  public void onCompleted() {
    status.complete(Status.OK);
  }

  Status awaitStatus() {
    return status.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
