package io.skep.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What lies between the processes of a cluster. Each is reached through doors here, which know who
/// comes, and can hold back or slow down what one says to another.
///
/// What is held back is not lost, as TCP would send it again; a connection that is asked for
/// meanwhile comes about afterwards.
final class Network implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int MOST_CHUNKS = 64;

  private final List<ServerSocket> doors = new ArrayList<>();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Map<Long, SkepProcess> owners = new ConcurrentHashMap<>();
  private final Set<Way> cut = ConcurrentHashMap.newKeySet();
  private volatile long delayMs;

  private record Way(SkepProcess from, SkepProcess to) {}

  private record Chunk(byte[] bytes, int length, long dueNanos) {}

  /// Opens a door to a port of a process.
  ///
  /// @return the port to use instead
  int door(SkepProcess owner, int port) {
    try {
      var door = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
      doors.add(door);
      Thread.ofVirtual().start(() -> accept(door, owner, port));
      return door.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket door, SkepProcess owner, int port) {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> connect(socket, owner, port));
      } catch (IOException _) {
        // It was closed.
      }
    }
  }

  /// @param to `null` where a process is not part of the cluster
  private void connect(Socket socket, SkepProcess to, int port) {
    try {
      SkepProcess from = Peers.ofConnection(socket, Set.copyOf(owners.values()));
      awaitWay(from, to);
      awaitWay(to, from);
      var target = new Socket();
      target.setTcpNoDelay(true);
      socket.setTcpNoDelay(true);
      sockets.add(target);
      target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      Thread.ofVirtual().start(() -> pass(socket, target, from, to));
      Thread.ofVirtual().start(() -> pass(target, socket, to, from));
    } catch (IOException _) {
      close(socket);
    }
  }

  private void pass(Socket in, Socket out, SkepProcess from, SkepProcess to) {
    BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(MOST_CHUNKS);
    Thread.ofVirtual().start(() -> write(chunks, in, out, from, to));
    try {
      while (true) {
        var bytes = new byte[CHUNK_BYTES];
        int length = -1;
        try {
          length = in.getInputStream().read(bytes);
        } catch (IOException _) {
          // As good as its end.
        }
        chunks.put(new Chunk(bytes, length, System.nanoTime() + delayMs * 1_000_000));
        if (length < 0) return;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(
      BlockingQueue<Chunk> chunks, Socket in, Socket out, SkepProcess from, SkepProcess to) {
    try {
      while (true) {
        Chunk chunk = chunks.take();
        long leftMs = (chunk.dueNanos - System.nanoTime()) / 1_000_000;
        if (leftMs > 0) Thread.sleep(leftMs);
        awaitWay(from, to);
        if (chunk.length < 0) break;
        out.getOutputStream().write(chunk.bytes, 0, chunk.length);
      }
      out.shutdownOutput();
    } catch (IOException _) {
      close(in);
      close(out);
      // Whoever reads may be about to put more.
      chunks.clear();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitWay(SkepProcess from, SkepProcess to) {
    if (from == null || to == null) return;
    synchronized (cut) {
      try {
        while (cut.contains(new Way(from, to))) cut.wait();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Lets doors know who it is that comes.
  void add(SkepProcess process) {
    owners.put((long) owners.size(), process);
  }

  /// Nothing passes between this process and all others, in either direction.
  void cutOff(SkepProcess process) {
    for (SkepProcess other : owners.values()) {
      if (other == process) continue;
      cut.add(new Way(process, other));
      cut.add(new Way(other, process));
    }
  }

  /// What one says to the other does not arrive; what the other says does.
  void cut(SkepProcess from, SkepProcess to) {
    cut.add(new Way(from, to));
  }

  /// All that is said takes this much longer from now on.
  void delay(long ms) {
    delayMs = ms;
  }

  /// Everything passes at once again.
  void heal() {
    delayMs = 0;
    synchronized (cut) {
      cut.clear();
      cut.notifyAll();
    }
  }

  @Override
  public void close() {
    for (ServerSocket door : doors) {
      try {
        door.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    sockets.forEach(Network::close);
    heal();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
