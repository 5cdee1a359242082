package io.skep.adapter.grpc;

import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/// Says now and then that clients do not get through for TLS. gRPC says so only in its finest log,
/// and not what was wrong.
final class TlsRefusals extends Handler {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(TlsRefusals.class);

  /// Whoever is refused comes again soon.
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// Loggers that nobody holds are collected with what was set on them.
  private static final Logger NEGOTIATION = Logger.getLogger("io.grpc.netty.ProtocolNegotiators");

  private long toldAt = System.nanoTime() - PAUSE_NANOS;

  private TlsRefusals() {
    setLevel(Level.FINE);
  }

  /// From now on they are told of.
  static synchronized void tell() {
    if (NEGOTIATION.getHandlers().length > 0) return;
    NEGOTIATION.setLevel(Level.FINE);
    NEGOTIATION.setUseParentHandlers(false);
    NEGOTIATION.addHandler(new TlsRefusals());
  }

  @Override
  public synchronized void publish(LogRecord line) {
    if (!line.getMessage().startsWith("TLS negotiation failed")) return;
    if (System.nanoTime() - toldAt < PAUSE_NANOS) return;
    toldAt = System.nanoTime();
    LOG.warn(
        "Refused a client: it speaks plain text, or does not trust this gateway's certificate. TLS is on by zeebe.gateway.security.enabled (zeebe.broker.gateway.security.enabled in a broker)");
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
