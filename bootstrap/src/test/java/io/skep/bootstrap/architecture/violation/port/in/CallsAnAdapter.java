package io.skep.bootstrap.architecture.violation.port.in;

import io.skep.bootstrap.architecture.violation.adapter.http.Server;

final class CallsAnAdapter {
  void call(Server server) {
    server.start();
  }
}
