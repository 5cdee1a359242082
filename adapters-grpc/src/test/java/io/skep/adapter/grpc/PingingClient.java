package io.skep.adapter.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// Speaks just enough HTTP/2 to ping without a call, which grpc-java's own client does every 10 s
/// at most.
final class PingingClient implements AutoCloseable {
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;
  private static final int ACK = 1;

  private final Socket socket;
  private final OutputStream out;
  private final DataInputStream in;

  PingingClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5_000);
    socket.setTcpNoDelay(true);
    out = socket.getOutputStream();
    in = new DataInputStream(socket.getInputStream());
    out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    write(SETTINGS, 0, new byte[0]);
  }

  void ping() throws IOException {
    write(PING, 0, new byte[8]);
  }

  /// @return how many answers came once it is as many as expected, or why the server closes the
  ///   connection
  String outcome(int expected) throws IOException {
    for (int answers = 0; answers < expected; ) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      in.readInt();
      byte[] payload = in.readNBytes(length);
      if (type == SETTINGS && flags != ACK) write(SETTINGS, ACK, new byte[0]);
      if (type == PING && flags == ACK) answers++;
      // Last stream and error code come before the reason.
      if (type == GO_AWAY) return new String(payload, 8, length - 8, US_ASCII);
    }
    return expected + " answers";
  }

  /// Reads and answers nothing until the server closes the connection.
  ///
  /// @return whether it does before the server has been silent for so long
  boolean isDropped(int silentMs) throws IOException {
    socket.setSoTimeout(silentMs);
    try {
      in.readAllBytes();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private void write(int type, int flags, byte[] payload) throws IOException {
    byte[] frame = new byte[9 + payload.length];
    frame[2] = (byte) payload.length;
    frame[3] = (byte) type;
    frame[4] = (byte) flags;
    System.arraycopy(payload, 0, frame, 9, payload.length);
    out.write(frame);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
