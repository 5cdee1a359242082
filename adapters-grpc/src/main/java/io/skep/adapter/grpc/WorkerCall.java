package io.skep.adapter.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.List;
import java.util.function.Consumer;

/// A worker's call that stays open while jobs come, from its start to its end: it ends once, by the
/// worker, by the gateway when it stops, or because there is no more to come.
///
/// @param <R> what the worker is sent
final class WorkerCall<R> {
  private final ServerCallStreamObserver<R> client;
  private final Consumer<WorkerCall<R>> onEnd;

  /// `null` until there is something to call off.
  private Runnable callOff;

  private boolean ended;

  WorkerCall(ServerCallStreamObserver<R> client, Consumer<WorkerCall<R>> onEnd) {
    this.client = client;
    this.onEnd = onEnd;
    client.setOnCancelHandler(this::cutShort);
  }

  ServerCallStreamObserver<R> client() {
    return client;
  }

  /// What the worker asks for is under way.
  ///
  /// @param callOff called if the call ends before that is through, which may be at once
  void started(Runnable callOff) {
    boolean tooLate;
    synchronized (this) {
      this.callOff = callOff;
      tooLate = ended;
    }
    if (tooLate) callOff.run();
  }

  /// @return whether the messages are on their way
  synchronized boolean send(List<R> messages) {
    if (ended || client.isCancelled()) return false;
    messages.forEach(client::onNext);
    return true;
  }

  void complete() {
    if (end()) client.onCompleted();
  }

  void fail(StatusRuntimeException status) {
    if (end()) client.onError(status);
  }

  /// Ends it though the worker would take more. What is on its way to it is given back.
  void endEarly() {
    if (cutShort()) client.onCompleted();
  }

  private boolean cutShort() {
    if (!end()) return false;
    Runnable started;
    synchronized (this) {
      started = callOff;
    }
    if (started != null) started.run();
    return true;
  }

  private boolean end() {
    synchronized (this) {
      if (ended) return false;
      ended = true;
    }
    onEnd.accept(this);
    return true;
  }
}
