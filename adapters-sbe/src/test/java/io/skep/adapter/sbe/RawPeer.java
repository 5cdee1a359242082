package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.domain.engine.Command;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Consumer;

/// A peer that writes what a test wants onto the socket, and reads frames if it wants.
final class RawPeer implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawPeer connect(int port) throws IOException {
    return new RawPeer(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /// Connects and has the greetings done.
  static RawPeer introduced(int port) throws IOException {
    var peer = connect(port);
    peer.write(frame(writer -> writer.hello("test", "raw")));
    assertEquals(new Frame.Hello(1, "test", "member1"), peer.read());
    return peer;
  }

  static byte[] frame(Consumer<FrameWriter> content) {
    var writer = new FrameWriter(TestSettings.MAX_FRAME_BYTES);
    content.accept(writer);
    var bytes = Unpooled.buffer();
    writer.moveTo(bytes);
    return ByteBufUtil.getBytes(bytes);
  }

  static byte[] request(long id, Command command) {
    return request(id, command, 10_000);
  }

  static byte[] request(long id, Command command, long timeoutMs) {
    return frame(writer -> writer.request(id, 1, timeoutMs, CommandCodec.encode(command)));
  }

  void write(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /// The next frame that is not a heartbeat.
  Frame read() throws IOException {
    Frame frame;
    do frame = readAny();
    while (frame instanceof Frame.Heartbeat);
    return frame;
  }

  Frame readAny() throws IOException {
    var bytes = new byte[Integer.reverseBytes(in.readInt())];
    in.readFully(bytes);
    return FrameReader.read(bytes, bytes.length);
  }

  /// Reads a goodbye and after it the end of the connection.
  String readGoodbye(GoodbyeReason expected) throws IOException {
    var goodbye = assertInstanceOf(Frame.Goodbye.class, read());
    assertEquals(expected, goodbye.reason(), goodbye.message());
    assertEquals(-1, in.read());
    return goodbye.message();
  }

  /// Reads up to the end of the connection, however it ends.
  void readToTheEnd() throws IOException {
    try {
      while (true) read();
    } catch (EOFException | SocketException e) {
      // That is the end.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
