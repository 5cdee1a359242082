package io.skep.adapter.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.port.in.CommandGateway;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Refused;
import java.util.function.Function;
import java.util.function.Supplier;

/// A request for which one command is run.
///
/// @param <A> what the command is answered with
/// @param <R> the response
final class UnaryCall<A extends Answer, R> implements Reply.Listener {
  private final StreamObserver<R> client;
  private final Command command;
  private final Class<A> answerType;
  private final Function<A, R> response;

  private UnaryCall(
      StreamObserver<R> client, Command command, Class<A> answerType, Function<A, R> response) {
    this.client = client;
    this.command = command;
    this.answerType = answerType;
    this.response = response;
  }

  /// @param command makes the command out of the request; may throw
  /// @param timeoutMs 0 and less for the configured one
  static <A extends Answer, R> void run(
      CommandGateway commands,
      StreamObserver<R> client,
      Supplier<Command> command,
      long timeoutMs,
      Class<A> answerType,
      Function<A, R> response) {
    // Without a handler, answering a client that has gone would throw.
    ((ServerCallStreamObserver<R>) client).setOnCancelHandler(() -> {});
    try {
      Command made = command.get();
      commands.send(made, timeoutMs, new UnaryCall<>(client, made, answerType, response));
    } catch (RuntimeException e) {
      client.onError(Statuses.of(e));
    }
  }

  @Override
  public void onReply(Reply reply) {
    switch (reply) {
      case Answered(Rejection rejection) -> client.onError(Statuses.of(rejection, command));
      case Answered(Answer answer) -> respond(answer);
      case Refused refused -> client.onError(Statuses.of(refused));
    }
  }

  private void respond(Answer answer) {
    R message;
    try {
      message = response.apply(answerType.cast(answer));
    } catch (RuntimeException e) {
      client.onError(Statuses.of(e));
      return;
    }
    client.onNext(message);
    client.onCompleted();
  }
}
