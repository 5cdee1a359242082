package io.skep.adapter.sbe;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.skep.port.out.Credentials;
import javax.net.ssl.SSLException;

/// TLS in which both ends show that they are members.
final class MutualTls {
  private static final MutualTls OFF = new MutualTls(null);

  /// `null` without TLS.
  private final SslContext context;

  private MutualTls(SslContext context) {
    this.context = context;
  }

  static MutualTls ofServer(CommandApiSettings settings) {
    Credentials credentials = settings.credentials();
    if (credentials == null) return OFF;
    return of(SslContextBuilder.forServer(credentials.keyManager()), credentials);
  }

  static MutualTls ofClient(CommandApiSettings settings) {
    Credentials credentials = settings.credentials();
    if (credentials == null) return OFF;
    return of(SslContextBuilder.forClient().keyManager(credentials.keyManager()), credentials);
  }

  private static MutualTls of(SslContextBuilder builder, Credentials credentials) {
    try {
      return new MutualTls(
          builder
              .sslProvider(SslProvider.JDK)
              .trustManager(credentials.trustManager())
              .clientAuth(ClientAuth.REQUIRE)
              .build());
    } catch (SSLException e) {
      throw new IllegalStateException(
          "Expected TLS for the Command API with %s, but: %s"
              .formatted(credentials, e.getMessage()),
          e);
    }
  }

  /// To be called before other handlers are added.
  void addTo(ChannelPipeline pipeline) {
    if (context != null) pipeline.addLast(context.newHandler(pipeline.channel().alloc()));
  }

  /// What is wrong with a peer that does not get through, `null` if it is something else.
  static String refusal(Throwable cause) {
    for (Throwable one = cause; one != null; one = one.getCause()) {
      if (one instanceof NotSslRecordException) {
        return "it speaks plain text, but zeebe.broker.network.security.enabled says TLS here; on"
            + " gateways it is zeebe.gateway.cluster.security.enabled";
      }
      if (one instanceof SSLException) {
        return "it did not show a certificate that is trusted here, or does not trust the one it was"
            + " shown: "
            + one.getMessage();
      }
    }
    return null;
  }
}
