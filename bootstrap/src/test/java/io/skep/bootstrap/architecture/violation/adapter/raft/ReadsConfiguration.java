package io.skep.bootstrap.architecture.violation.adapter.raft;

import io.skep.bootstrap.architecture.violation.bootstrap.Configuration;

final class ReadsConfiguration {
  String read(Configuration configuration) {
    return configuration.toString();
  }
}
