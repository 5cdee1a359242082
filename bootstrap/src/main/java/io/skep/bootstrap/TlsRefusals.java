package io.skep.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Says now and then that somebody does not get through to a listener for TLS. gRPC says so only in
/// its finest log, and not what was wrong.
final class TlsRefusals extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TlsRefusals.class);

  /// Whoever is refused comes again soon.
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// Kept, because loggers that nobody holds are collected with what was set on them.
  private static final List<Logger> NEGOTIATIONS = new ArrayList<>();

  private final String message;
  private long toldAt = System.nanoTime() - PAUSE_NANOS;

  private TlsRefusals(String message) {
    this.message = message;
    setLevel(Level.FINE);
  }

  /// From now on they are told of. To be called once.
  static void tell() {
    tellOf(
        "io.grpc.netty.ProtocolNegotiators",
        "Refused a client: it speaks plain text, or does not trust this gateway's certificate. TLS is on by zeebe.gateway.security.enabled (zeebe.broker.gateway.security.enabled in a broker)");
    tellOf(
        "org.apache.ratis.thirdparty.io.grpc.netty.ProtocolNegotiators",
        "Refused a connection on the Internal API: it speaks plain text, or shows no certificate that is trusted here. TLS is on by zeebe.broker.network.security.enabled; on gateways it is zeebe.gateway.cluster.security.enabled");
  }

  private static void tellOf(String negotiation, String message) {
    Logger logger = Logger.getLogger(negotiation);
    logger.setLevel(Level.FINE);
    logger.setUseParentHandlers(false);
    logger.addHandler(new TlsRefusals(message));
    NEGOTIATIONS.add(logger);
  }

  @Override
  public synchronized void publish(LogRecord line) {
    if (!line.getMessage().startsWith("TLS negotiation failed")) return;
    if (System.nanoTime() - toldAt < PAUSE_NANOS) return;
    toldAt = System.nanoTime();
    LOG.warn(message);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
