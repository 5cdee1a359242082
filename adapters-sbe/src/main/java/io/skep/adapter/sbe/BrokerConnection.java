package io.skep.adapter.sbe;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.skep.domain.cluster.Address;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to one broker: requests queue here until there is a channel that takes them. Makes one
/// when there are requests and none is there, or when it is told to.
final class BrokerConnection {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerConnection.class);

  /// What a request costs beyond its command, roughly.
  private static final int REQUEST_BYTES = 128;

  private final CommandApiSettings settings;
  private final MutualTls tls;
  private final Address address;
  private final EventLoop loop;
  private final JobsAvailable jobsAvailable;
  private final WriteQueue<PendingRequest> requests;
  private final AtomicLong queuedBytes = new AtomicLong();
  private final long maxQueuedBytes;

  /// Who was last sent to at this address.
  private volatile int nodeId = -1;

  // Of the loop's thread.
  private BrokerChannel current;
  private boolean connecting;
  private boolean stopped;

  BrokerConnection(
      CommandApiSettings settings,
      MutualTls tls,
      Address address,
      EventLoop loop,
      JobsAvailable jobsAvailable) {
    this.settings = settings;
    this.tls = tls;
    this.address = address;
    this.loop = loop;
    this.jobsAvailable = jobsAvailable;
    this.requests =
        new WriteQueue<>(loop, this::sendQueued, () -> refuseQueued(CommandApiClient.STOPPED));
    this.maxQueuedBytes = 4L * settings.maxFrameBytes();
  }

  /// Sends a request or refuses it. From any thread.
  void send(PendingRequest request) {
    nodeId = request.nodeId();
    long queued = queuedBytes.addAndGet(cost(request));
    if (queued > maxQueuedBytes) {
      taken(request);
      request.refuse(
          Reason.RESOURCE_EXHAUSTED,
          "Expected at most %d bytes to wait for %s, but with this request it would be %d"
              .formatted(maxQueuedBytes, this, queued));
    } else {
      requests.offer(request);
    }
  }

  /// Makes a channel though there are no requests yet. From any thread.
  void prepare() {
    onLoop(
        () -> {
          if (!stopped && current == null && !connecting) connect();
        });
  }

  private static long cost(PendingRequest request) {
    return request.command().length + (long) REQUEST_BYTES;
  }

  /// The request no longer waits here.
  void taken(PendingRequest request) {
    queuedBytes.addAndGet(-cost(request));
  }

  private void sendQueued() {
    if (stopped) refuseQueued(CommandApiClient.STOPPED);
    else if (current != null) current.send(requests);
    else if (!connecting && !requests.isEmpty()) connect();
  }

  private void connect() {
    connecting = true;
    // Name servers can take their time, which no other connection should have to wait for.
    Thread.ofVirtual().name("resolve-" + address.host()).start(this::resolve);
  }

  private void resolve() {
    try {
      var resolved = InetAddress.getByName(address.host());
      onLoop(() -> connectTo(new InetSocketAddress(resolved, address.port())));
    } catch (IOException e) {
      onLoop(() -> failed("its host name is unknown: " + e.getMessage()));
    }
  }

  private void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("Connection to {} is given up, for the client has stopped", this);
    }
  }

  private void connectTo(InetSocketAddress resolved) {
    if (stopped) return;
    var channel = new BrokerChannel(settings, this, jobsAvailable);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, EventLoops.WATER_MARK)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel socket) {
                FrameChannel.addTo(socket.pipeline(), settings, tls, channel);
              }
            })
        .connect(resolved)
        .addListener((ChannelFuture done) -> connected(done, channel));
  }

  private void connected(ChannelFuture done, BrokerChannel channel) {
    if (!done.isSuccess()) failed(done.cause().getMessage());
    else if (stopped) channel.close();
  }

  /// The broker has greeted.
  void ready(BrokerChannel channel) {
    connecting = false;
    current = channel;
    LOG.debug("Connected to {}", this);
    sendQueued();
  }

  void writable(BrokerChannel channel) {
    if (current == channel) sendQueued();
  }

  /// There is no channel, and there will be none before the next request.
  void failed(String why) {
    connecting = false;
    refuseQueued("Expected to reach %s, but: %s".formatted(this, why));
  }

  private void refuseQueued(String why) {
    // All are taken first: what a refused sender sends in return deserves a new attempt.
    var refused = new ArrayList<PendingRequest>();
    synchronized (requests) {
      for (PendingRequest request; (request = requests.poll()) != null; ) {
        taken(request);
        refused.add(request);
      }
    }
    for (PendingRequest request : refused) request.refuse(Reason.UNREACHABLE, why);
  }

  /// The channel takes no more requests. Those that wait get a new one.
  void lost(BrokerChannel channel) {
    if (current != channel) return;
    current = null;
    if (!stopped) jobsAvailable.newsLost(nodeId);
    sendQueued();
  }

  /// Closes for good. From any thread.
  void stop() {
    onLoop(
        () -> {
          stopped = true;
          if (current != null) current.close();
          refuseQueued(CommandApiClient.STOPPED);
        });
  }

  @Override
  public String toString() {
    return "the broker at " + address;
  }
}
