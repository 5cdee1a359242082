package io.skep.adapter.raft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.MethodDescriptor;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.ServerServiceDefinition;
import org.apache.ratis.thirdparty.io.grpc.Status;

/// Gossip as a service of gRPC, so that it shares the internal API's port and, later, its
/// encryption with Ratis: one call that lasts, with a frame as a message.
final class GossipService {
  static final String NAME = "io.skep.Gossip";

  static final MethodDescriptor<byte[], byte[]> EXCHANGE =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, "Exchange"))
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private GossipService() {}

  static ServerServiceDefinition definition(GossipLinks links) {
    return ServerServiceDefinition.builder(NAME)
        .addMethod(EXCHANGE, (call, _) -> accept(call, links))
        .build();
  }

  private static ServerCall.Listener<byte[]> accept(
      ServerCall<byte[], byte[]> call, GossipLinks links) {
    call.sendHeaders(new Metadata());
    call.request(1);
    var link = new GossipLink(call::isReady, call::sendMessage);
    return new ServerCall.Listener<>() {
      @Override
      public void onMessage(byte[] frame) {
        links.received(link, frame);
        call.request(1);
      }

      @Override
      public void onReady() {
        link.drain();
      }

      @Override
      public void onHalfClose() {
        links.closed(link);
        call.close(Status.OK, new Metadata());
      }

      @Override
      public void onCancel() {
        links.closed(link);
      }
    };
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] frame) {
      return new ByteArrayInputStream(frame);
    }

    @Override
    public byte[] parse(InputStream frame) {
      try {
        return frame.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
