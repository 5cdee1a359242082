package io.skep.bootstrap.architecture.violation.adapter.raft;

import io.grpc.Status;

final class SpeaksGrpc {
  String code(Status status) {
    return status.getDescription();
  }
}
