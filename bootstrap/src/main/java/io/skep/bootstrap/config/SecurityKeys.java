package io.skep.bootstrap.config;

import static io.skep.bootstrap.config.ValueType.bool;
import static io.skep.bootstrap.config.ValueType.path;
import static io.skep.bootstrap.config.ValueType.text;

import io.skep.port.out.Credentials;
import java.nio.file.Path;
import java.util.List;

/// TLS for some listeners: whether, and with which certificates.
final class SecurityKeys {
  private static final String OF_CLIENTS = "between clients and the Gateway API";
  private static final String OF_MEMBERS =
      "between members of the cluster, on the Command API and the Internal API; the same on all";

  static final SecurityKeys GATEWAY =
      new SecurityKeys(GatewayKeys.OWN + "security.", OF_CLIENTS, false);
  static final SecurityKeys EMBEDDED_GATEWAY =
      new SecurityKeys(GatewayKeys.IN_BROKER + "security.", OF_CLIENTS, true);
  static final SecurityKeys BROKER_NETWORK =
      new SecurityKeys("zeebe.broker.network.security.", OF_MEMBERS, false);
  static final SecurityKeys GATEWAY_CLUSTER =
      new SecurityKeys(GatewayKeys.OWN + "cluster.security.", OF_MEMBERS, false);

  final Key<Boolean> enabled;
  final Key<Path> certificateChain;
  final Key<Path> privateKey;
  final Key<Path> keyStore;
  final Key<String> keyStorePassword;

  private final String prefix;
  private final boolean shared;

  private SecurityKeys(String prefix, String where, boolean shared) {
    this.prefix = prefix;
    this.shared = shared;
    enabled = key(Key.of(prefix + "enabled", bool(), "false", "Whether there is TLS " + where));
    certificateChain =
        key(
            Key.optional(
                prefix + "certificateChainPath",
                path(),
                "none",
                "File with the certificate in PEM, and those that vouch for it after it"));
    privateKey =
        key(
            Key.optional(
                prefix + "privateKeyPath",
                path(),
                "none",
                "File with the certificate's private key in PEM (PKCS #8)"));
    keyStore =
        key(
            Key.optional(
                prefix + "keyStore.filePath",
                path(),
                "none",
                "PKCS #12 file with certificates and private key, instead of the two files"));
    keyStorePassword =
        key(
            Key.optional(
                prefix + "keyStore.password", text(), "none", "Password of the PKCS #12 file"));
  }

  private <T> Key<T> key(Key<T> key) {
    if (!shared) return key;
    return key.alias(GatewayKeys.OWN + "security." + key.name().substring(prefix.length()), "");
  }

  List<Key<?>> all() {
    return List.of(enabled, certificateChain, privateKey, keyStore, keyStorePassword);
  }

  /// @return `null` without TLS
  /// @throws IllegalArgumentException if certificates or key cannot be used; the message names the
  ///   file
  Credentials credentials(Configuration configuration) {
    if (!configuration.of(enabled)) return null;
    Path store = configuration.of(keyStore);
    Path chain = configuration.of(certificateChain);
    Path key = configuration.of(privateKey);
    Path home = configuration.home();
    if (store != null && chain == null && key == null) {
      return CredentialFiles.keyStore(home.resolve(store), configuration.of(keyStorePassword, ""));
    }
    if (store == null && chain != null && key != null) {
      return CredentialFiles.pem(home.resolve(chain), home.resolve(key));
    }
    throw new IllegalArgumentException(
        "Expected %s and %s, or instead of both %s, because %s is true, but %s"
            .formatted(
                certificateChain.name(),
                privateKey.name(),
                keyStore.name(),
                enabled.name(),
                store != null ? "there is something of both" : "there is not all of it"));
  }
}
