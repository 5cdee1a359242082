package io.skep.bootstrap.architecture.violation.port.in;

import io.netty.buffer.ByteBuf;

final class SpeaksNetty {
  int size(ByteBuf buffer) {
    return buffer.readableBytes();
  }
}
