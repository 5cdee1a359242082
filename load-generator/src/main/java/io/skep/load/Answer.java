package io.skep.load;

import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/// What is done with the one answer of a request, on the event loop.
final class Answer<T extends MessageLite> implements StreamObserver<T> {
  private final Consumer<T> good;
  private final Consumer<Status> bad;

  private Answer(Consumer<T> good, Consumer<Status> bad) {
    this.good = good;
    this.bad = bad;
  }

  static <T extends MessageLite> StreamObserver<T> to(
      Gateway gateway, Consumer<T> good, Consumer<Status> bad) {
    return gateway.onLoop(new Answer<>(good, bad));
  }

  @Override
  public void onNext(T message) {
    good.accept(message);
  }

  @Override
  public void onError(Throwable failure) {
    bad.accept(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    // The answer has come before.
  }
}
