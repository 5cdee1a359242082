package io.skep.bootstrap.architecture.violation.adapter.http;

import org.apache.ratis.protocol.RaftPeerId;

final class SpeaksRatis {
  String id(RaftPeerId id) {
    return id.toString();
  }
}
