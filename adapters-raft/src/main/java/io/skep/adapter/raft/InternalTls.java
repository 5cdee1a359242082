package io.skep.adapter.raft;

import io.skep.port.out.Credentials;
import javax.net.ssl.SSLException;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcSslContexts;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContext;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslContextBuilder;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslProvider;

/// TLS on the internal API, in which both ends show that they are members.
final class InternalTls {
  private InternalTls() {}

  /// Has Ratis ask for certificates, and show ours.
  static void require(Parameters parameters, Credentials credentials) {
    GrpcConfigKeys.TLS.setConf(
        parameters, new GrpcTlsConfig(credentials.keyManager(), credentials.trustManager(), true));
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
}
