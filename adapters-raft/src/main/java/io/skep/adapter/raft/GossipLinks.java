package io.skep.adapter.raft;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToAddress;
import io.skep.domain.cluster.gossip.GossipOutput.Destination.ToMember;
import io.skep.port.out.Credentials;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ratis.thirdparty.io.grpc.CallOptions;
import org.apache.ratis.thirdparty.io.grpc.ClientCall;
import org.apache.ratis.thirdparty.io.grpc.ManagedChannel;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyChannelBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that gossip goes over: to those who listen as well as from those who have connected.
final class GossipLinks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GossipLinks.class);

  /// A connection that has died without a word is noticed after this and half of it.
  static final long KEEP_ALIVE_MS = 10_000;

  private static final long FAREWELL_NANOS = 100_000_000;

  private final Consumer<Envelope> receiver;
  private final Consumer<Address> disconnected;

  /// Streams that this process has opened, by where they go.
  private final Map<Address, Outgoing> outgoing = new ConcurrentHashMap<>();

  /// Streams that others have opened, by who did.
  private final Map<String, GossipLink> incoming = new ConcurrentHashMap<>();

  /// `null` without TLS.
  private final SslContext tls;

  private volatile boolean closed;

  /// @param receiver called on any thread; must not block
  /// @param disconnected told where a stream that this process has opened went that has ended; as
  ///   the receiver
  /// @param credentials for TLS, `null` without
  GossipLinks(
      Consumer<Envelope> receiver, Consumer<Address> disconnected, Credentials credentials) {
    this.receiver = receiver;
    this.disconnected = disconnected;
    this.tls = credentials == null ? null : InternalTls.ofClient(credentials);
  }

  private record Outgoing(
      ManagedChannel channel, ClientCall<byte[], byte[]> call, GossipLink link) {
    void finish() {
      link.finish(call::halfClose);
    }
  }

  /// Sends something if there is a way. Neither blocks nor waits. By one thread at a time.
  void send(Destination to, Envelope envelope) {
    byte[] frame = GossipCodec.encode(envelope);
    if (frame.length > GossipCodec.MAX_BYTES) {
      LOG.error(
          "Expected gossip of at most {} bytes, but it has {}",
          GossipCodec.MAX_BYTES,
          frame.length);
      return;
    }
    switch (to) {
      case ToAddress(Address address) -> sendTo(address, frame);
      case ToMember(String id, Address address) -> {
        if (address != null) sendTo(address, frame);
        else {
          GossipLink link = incoming.get(id);
          if (link != null) link.send(frame);
        }
      }
    }
  }

  private void sendTo(Address address, byte[] frame) {
    if (closed) return;
    Outgoing open = outgoing.get(address);
    if (open == null) open = open(address);
    open.link().send(frame);
  }

  private Outgoing open(Address address) {
    var builder = NettyChannelBuilder.forAddress(address.host(), address.port());
    if (tls == null) builder.usePlaintext();
    else builder.sslContext(tls);
    ManagedChannel channel =
        builder
            .directExecutor()
            .disableRetry()
            .proxyDetector(_ -> null)
            .maxInboundMessageSize(GossipCodec.MAX_BYTES)
            .keepAliveTime(KEEP_ALIVE_MS, TimeUnit.MILLISECONDS)
            .keepAliveTimeout(KEEP_ALIVE_MS / 2, TimeUnit.MILLISECONDS)
            .build();
    ClientCall<byte[], byte[]> call = channel.newCall(GossipService.EXCHANGE, CallOptions.DEFAULT);
    var link = new GossipLink(call::isReady, call::sendMessage);
    var opened = new Outgoing(channel, call, link);
    // Before it starts, for it may end at once.
    outgoing.put(address, opened);
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(byte[] frame) {
            received(link, frame);
            call.request(1);
          }

          @Override
          public void onReady() {
            link.drain();
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            LOG.debug("Gossip with {} ends: {}", address, status);
            link.close();
            // The next message tries again, with a channel that has no old failures to wait for.
            outgoing.remove(address, opened);
            channel.shutdownNow();
            if (!closed) disconnected.accept(address);
          }
        },
        new Metadata());
    call.request(1);
    return opened;
  }

  /// Takes a frame.
  void received(GossipLink link, byte[] frame) {
    Envelope envelope;
    try {
      envelope = GossipCodec.decode(frame);
    } catch (MalformedException e) {
      LOG.warn("Dropped gossip: {}", e.getMessage());
      return;
    }
    // Whoever does not listen can only be answered over what it has opened.
    if (envelope.fromAddress() == null) incoming.put(envelope.from(), link);
    receiver.accept(envelope);
  }

  void closed(GossipLink link) {
    link.close();
    incoming.values().remove(link);
  }

  /// Ends the streams that this process has opened, after what is under way, which gets a moment.
  @Override
  public void close() {
    closed = true;
    for (Outgoing open : outgoing.values()) open.finish();
    long deadline = System.nanoTime() + FAREWELL_NANOS;
    try {
      for (Outgoing open : outgoing.values()) {
        open.channel().shutdown();
        open.channel().awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        open.channel().shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
