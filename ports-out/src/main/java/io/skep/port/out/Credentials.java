package io.skep.port.out;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/// What a process proves itself with over TLS.
///
/// @param chain its certificate, and those that vouch for it; one at least. Among members of a
///   cluster they also say whom it trusts: who shows one of these, or one that one of these vouches
///   for, is a member
public record Credentials(PrivateKey key, List<X509Certificate> chain) {
  private static final char[] NO_PASSWORD = {};

  public Credentials {
    chain = List.copyOf(chain);
  }

  public KeyManager keyManager() {
    try {
      var store = emptyStore();
      store.setKeyEntry("skep", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "Expected %s to be usable, but: %s".formatted(this, e.getMessage()), e);
    }
  }

  /// Trusts members. Does not look at host names: members are known by their certificates, and
  /// their addresses may change.
  public X509ExtendedTrustManager trustManager() {
    try {
      var store = emptyStore();
      for (int i = 0; i < chain.size(); i++) store.setCertificateEntry("member-" + i, chain.get(i));
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager members) return new Members(members);
      }
      throw new IllegalStateException("Expected the JDK to check certificates, but it does not");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "Expected the certificates of %s to be trusted, but: %s"
              .formatted(chain.getFirst().getSubjectX500Principal(), e.getMessage()),
          e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /// The private key is nobody's business.
  @Override
  public String toString() {
    return "Credentials of " + chain.getFirst().getSubjectX500Principal();
  }

  private static final class Members extends X509ExtendedTrustManager {
    private final X509TrustManager members;

    Members(X509TrustManager members) {
      this.members = members;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      members.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      members.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      members.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      members.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      members.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      members.checkServerTrusted(chain, authType);
    }

    /// Told to those who connect, so that they can choose. Members have but one certificate, and
    /// would keep it to themselves if who vouches for it is not among these.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
