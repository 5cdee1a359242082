package io.skep.adapter.raft;

import io.skep.port.out.Credentials;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS on the internal API, in which both ends show that they are members.
final class InternalTls {
  private static final Logger LOG = LoggerFactory.getLogger(InternalTls.class);

  /// Where gRPC says why it hung up on somebody who did not get through. Loggers that nobody holds
  /// are collected with what was set on them.
  private static final java.util.logging.Logger NEGOTIATION =
      java.util.logging.Logger.getLogger(
          "org.apache.ratis.thirdparty.io.grpc.netty.ProtocolNegotiators");

  private InternalTls() {}

  /// Has Ratis ask for certificates, and show ours.
  static void require(Parameters parameters, Credentials credentials) {
    GrpcConfigKeys.TLS.setConf(
        parameters, new GrpcTlsConfig(credentials.keyManager(), credentials.trustManager(), true));
    tellOfRefusals();
  }

  static SslContext ofClient(Credentials credentials) {
    try {
      var builder =
          SslContextBuilder.forClient()
              .keyManager(credentials.keyManager())
              .trustManager(credentials.trustManager());
      return GrpcSslContexts.configure(builder, SslProvider.JDK).build();
    } catch (SSLException e) {
      throw new IllegalStateException(
          "Expected TLS for the Internal API with %s, but: %s"
              .formatted(credentials, e.getMessage()),
          e);
    }
  }

  private static synchronized void tellOfRefusals() {
    if (NEGOTIATION.getHandlers().length > 0) return;
    NEGOTIATION.setLevel(Level.FINE);
    NEGOTIATION.setUseParentHandlers(false);
    NEGOTIATION.addHandler(new Refusals());
  }

  /// Whoever is refused comes again soon; it is told now and then.
  private static final class Refusals extends Handler {
    private static final long PAUSE_NANOS = 10_000_000_000L;
    private long toldAt = System.nanoTime() - PAUSE_NANOS;

    Refusals() {
      setLevel(Level.FINE);
    }

    /// gRPC does not say what was wrong.
    @Override
    public synchronized void publish(LogRecord record) {
      if (!record.getMessage().startsWith("TLS negotiation failed")) return;
      if (System.nanoTime() - toldAt < PAUSE_NANOS) return;
      toldAt = System.nanoTime();
      LOG.warn(
          "Refused a connection on the Internal API: it speaks plain text, or shows no certificate"
              + " that is trusted here. TLS is on by zeebe.broker.network.security.enabled; on"
              + " gateways it is zeebe.gateway.cluster.security.enabled");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
