package io.skep.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates made for a test, by the JDK's own tool.
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final X509Certificate certificate;
  private final PrivateKey key;

  private Certificates(Path store) throws IOException, GeneralSecurityException {
    this.store = store;
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    certificate = (X509Certificate) keys.getCertificate("one");
    key = (PrivateKey) keys.getKey("one", PASSWORD.toCharArray());
  }

  /// A certificate for this machine that vouches for itself, valid for a day.
  public static Certificates make(Path directory, String name) {
    return make(directory, name, "EC", "+0d");
  }

  /// @param algorithm `EC` or `RSA`
  /// @param from when it begins to be valid, for a day; such as `-3d`
  public static Certificates make(Path directory, String name, String algorithm, String from) {
    try {
      Path store = Files.createDirectories(directory).resolve(name + ".p12");
      generate(store, "one", name, "-keyalg", algorithm, "-startdate", from);
      return new Certificates(store);
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A certificate that another vouches for.
  public static Certificates makeVouchedFor(Path directory, String name) {
    try {
      Path store = Files.createDirectories(directory).resolve(name + ".p12");
      generate(store, "authority", "authority of " + name, "-keyalg", "EC", "-ext", "bc:c");
      generate(store, "one", name, "-keyalg", "EC", "-signer", "authority");
      return new Certificates(store);
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void generate(Path store, String alias, String name, String... more)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) throw new IOException(output);
  }

  public PrivateKey key() {
    return key;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /// A PKCS #12 file with both.
  public Path store() {
    return store;
  }

  public String password() {
    return PASSWORD;
  }

  /// A PEM file with the certificate.
  public Path chainFile() throws IOException, GeneralSecurityException {
    return write(".crt", "CERTIFICATE", certificate.getEncoded());
  }

  /// A PEM file with the private key.
  public Path keyFile() throws IOException {
    return write(".key", "PRIVATE KEY", key.getEncoded());
  }

  private Path write(String suffix, String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        store.resolveSibling(store.getFileName() + suffix),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }
}
