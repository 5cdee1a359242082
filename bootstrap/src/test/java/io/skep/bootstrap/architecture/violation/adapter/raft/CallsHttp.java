package io.skep.bootstrap.architecture.violation.adapter.raft;

import io.skep.bootstrap.architecture.violation.adapter.http.Server;

final class CallsHttp {
  void call(Server server) {
    server.start();
  }
}
