package io.skep.adapter.grpc;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Keeps what a stream brings, and how it ends.
final class RecordingClient<Q, R> implements ClientResponseObserver<Q, R> {
  final BlockingQueue<R> messages = new LinkedBlockingQueue<>();

  /// Whether it reads messages as they come. Set before the call.
  boolean readsUnasked = true;

  private final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();
  private volatile ClientCallStreamObserver<Q> call;

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> call) {
    this.call = call;
    if (!readsUnasked) call.disableAutoRequestWithInitial(0);
  }

  void read(int messages) {
    call.request(messages);
  }

  R next() throws InterruptedException {
    var message = messages.poll(5, SECONDS);
    assertNotNull(message, "no message came");
    return message;
  }

  Status end() throws InterruptedException {
    var end = ends.poll(5, SECONDS);
    assertNotNull(end, "the stream did not end");
    return end;
  }

  @Override
  public void onNext(R message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    ends.add(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    ends.add(Status.OK);
  }
}
