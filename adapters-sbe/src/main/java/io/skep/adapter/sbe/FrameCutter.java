package io.skep.adapter.sbe;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.skep.adapter.sbe.codec.Message;
import io.skep.port.in.Arrivals;
import java.util.List;

/// Cuts the bytes that come into frames. Nothing that comes makes it fail or take more memory than
/// the longest frame.
final class FrameCutter extends ByteToMessageDecoder {
  /// Enough for a greeting. Whoever sends something longer first does not speak our language.
  private static final int MAX_FIRST_FRAME_BYTES = 4096;

  private static final int KEPT_BYTES = 64 * 1024;

  private final int maxFrameBytes;
  private byte[] received = new byte[1024];
  private long bytesToSkip;
  private boolean fullLengthAllowed;
  private boolean discarding;

  FrameCutter(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /// The peer is known: it may send frames of full length.
  void allowFullLength() {
    fullLengthAllowed = true;
  }

  /// Nothing that follows is of interest.
  void discard() {
    discarding = true;
  }

  /// The frames of one read have arrived together.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    Arrivals.begin();
    try {
      super.channelRead(ctx, bytes);
    } finally {
      Arrivals.end();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (discarding) bytesToSkip = in.readableBytes();
    if (bytesToSkip > 0) {
      int skipped = (int) Math.min(bytesToSkip, in.readableBytes());
      in.skipBytes(skipped);
      bytesToSkip -= skipped;
      return;
    }
    if (in.readableBytes() < FrameWriter.LENGTH_BYTES) return;
    long length = in.getUnsignedIntLE(in.readerIndex());
    int max = fullLengthAllowed ? maxFrameBytes : MAX_FIRST_FRAME_BYTES;
    if (length > max || length < Message.HEADER_BYTES) refuse(in, length, max, out);
    else if (in.readableBytes() >= FrameWriter.LENGTH_BYTES + length) read(in, (int) length, out);
  }

  private void read(ByteBuf in, int length, List<Object> out) {
    byte[] bytes = length <= KEPT_BYTES ? received : new byte[length];
    if (bytes.length < length) bytes = received = new byte[Math.max(length, 2 * bytes.length)];
    in.skipBytes(FrameWriter.LENGTH_BYTES).readBytes(bytes, 0, length);
    out.add(FrameReader.read(bytes, length));
  }

  /// A request that is too long is answered, and nobody has to know the rest of it.
  private void refuse(ByteBuf in, long length, int max, List<Object> out) {
    boolean idFollows = fullLengthAllowed && length >= FrameReader.BYTES_TO_ID;
    int known = idFollows ? FrameReader.BYTES_TO_ID : 0;
    if (in.readableBytes() < FrameWriter.LENGTH_BYTES + known) return;
    in.skipBytes(FrameWriter.LENGTH_BYTES).getBytes(in.readerIndex(), received, 0, known);
    bytesToSkip = length;
    out.add(
        FrameReader.unreadable(
            received,
            known,
            "Expected a frame of %d to %d bytes, but there is one of %d"
                .formatted(Message.HEADER_BYTES, max, length)));
  }
}
