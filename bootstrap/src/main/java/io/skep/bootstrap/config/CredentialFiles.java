package io.skep.bootstrap.config;

import io.skep.port.out.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and private keys, and checks that they are of use. Messages name the file.
final class CredentialFiles {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private CredentialFiles() {}

  static Credentials pem(Path chainFile, Path keyFile) {
    List<X509Certificate> chain = chain(chainFile);
    PrivateKey key = key(keyFile, chain.getFirst().getPublicKey().getAlgorithm());
    return checked(new Credentials(key, chain), chainFile, keyFile);
  }

  private static List<X509Certificate> chain(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      var chain = new ArrayList<X509Certificate>();
      for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        chain.add((X509Certificate) one);
      }
      if (!chain.isEmpty()) return chain;
      throw new IllegalArgumentException(
          "Expected certificates in PEM in '%s', but there are none".formatted(file));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable("certificates in PEM", file, e);
    }
  }

  private static PrivateKey key(Path file, String algorithm) {
    try {
      Matcher found = PEM.matcher(Files.readString(file));
      while (found.find()) {
        String kind = found.group(1);
        if (kind.equals("PRIVATE KEY")) {
          byte[] bytes = Base64.getMimeDecoder().decode(found.group(2));
          return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        }
        if (kind.endsWith("PRIVATE KEY")) {
          throw new IllegalArgumentException(
              ("Expected a private key in PKCS #8 without a password in '%s', but it is '%s'."
                      + " openssl pkcs8 -topk8 -nocrypt -in %s makes one of it")
                  .formatted(file, kind, file));
        }
      }
      throw new IllegalArgumentException(
          "Expected a private key in PEM in '%s', but there is none".formatted(file));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable("the private key (%s) of the certificate".formatted(algorithm), file, e);
    }
  }

  static Credentials keyStore(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, password.toCharArray());
      for (String alias : Collections.list(store.aliases())) {
        if (!(store.getKey(alias, password.toCharArray()) instanceof PrivateKey key)) continue;
        var chain = new ArrayList<X509Certificate>();
        for (var one : store.getCertificateChain(alias)) chain.add((X509Certificate) one);
        return checked(new Credentials(key, chain), file, file);
      }
      throw new IllegalArgumentException(
          "Expected a private key in '%s', but there is none".formatted(file));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable("a PKCS #12 key store that its password opens", file, e);
    }
  }

  private static Credentials checked(Credentials credentials, Path chainFile, Path keyFile) {
    X509Certificate certificate = credentials.chain().getFirst();
    try {
      certificate.checkValidity();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "Expected a certificate in '%s' that is valid now, but it is valid from %s to %s"
              .formatted(
                  chainFile,
                  certificate.getNotBefore().toInstant(),
                  certificate.getNotAfter().toInstant()),
          e);
    }
    if (!belongTogether(credentials)) {
      throw new IllegalArgumentException(
          "Expected the private key in '%s' to be that of the first certificate in '%s', but it is not"
              .formatted(keyFile, chainFile));
    }
    return credentials;
  }

  private static boolean belongTogether(Credentials credentials) {
    String algorithm =
        switch (credentials.key().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> credentials.key().getAlgorithm();
        };
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(credentials.key());
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(credentials.chain().getFirst().getPublicKey());
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static IllegalArgumentException unusable(String what, Path file, Exception e) {
    String why = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    return new IllegalArgumentException(
        "Expected %s in '%s', but: %s".formatted(what, file, why), e);
  }
}
