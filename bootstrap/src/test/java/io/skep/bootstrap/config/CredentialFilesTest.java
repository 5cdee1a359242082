package io.skep.bootstrap.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.Certificates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFilesTest {
  private static final String SECURITY = "zeebe.broker.network.security.";

  @TempDir Path directory;
  private Given given;

  @BeforeEach
  void enable() {
    given = new Given(directory).argument(SECURITY + "enabled=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void shouldReadPemFiles(String algorithm) throws Exception {
    // given
    var made = Certificates.make(directory, "member", algorithm, "+0d");

    // when
    var read = CredentialFiles.pem(made.chainFile(), made.keyFile());

    // then
    assertEquals(made.certificate(), read.chain().getFirst());
    assertEquals(made.key(), read.key());
  }

  @Test
  void shouldReadAKeyStore() {
    // given
    var made = Certificates.make(directory, "member");
    given
        .argument(SECURITY + "keyStore.filePath=" + made.store())
        .argument(SECURITY + "keyStore.password=" + made.password());

    // when
    var config = BrokerConfig.of(given.broker());

    // then
    assertEquals(made.key(), config.commandApi().credentials().key());
    assertEquals(made.key(), config.internalApi().credentials().key());
    assertNull(config.gatewayApi().credentials());
  }

  @Test
  void shouldTakeTheGatewaysCertificatesForTheOneInABroker() throws Exception {
    // given
    var made = Certificates.make(directory, "gateway");
    var gateway =
        new Given(directory)
            .argument("zeebe.gateway.security.enabled=true")
            .argument("zeebe.gateway.security.certificateChainPath=" + made.chainFile())
            .argument("zeebe.gateway.security.privateKeyPath=" + made.keyFile());

    // when
    var inBroker = BrokerConfig.of(gateway.broker());
    var ofItsOwn = GatewayConfig.of(gateway.load(Role.GATEWAY));

    // then
    assertEquals(made.key(), inBroker.gatewayApi().credentials().key());
    assertNull(inBroker.commandApi().credentials());
    assertEquals(made.key(), ofItsOwn.gatewayApi().credentials().key());
    assertNull(ofItsOwn.member().credentials());
  }

  @Test
  void shouldNameTheFileThatIsNotThere() throws Exception {
    // given
    var made = Certificates.make(directory, "member");

    // then
    assertRefused("no-such.crt", directory.resolve("no-such.crt"), made.keyFile());
    assertRefused("no-such.key", made.chainFile(), directory.resolve("no-such.key"));
  }

  @Test
  void shouldNameTheFileThatIsNoCertificateOrKey() throws Exception {
    // given
    var made = Certificates.make(directory, "member");
    Path broken = Files.writeString(directory.resolve("broken.pem"), "nothing of use");
    Path old =
        Files.writeString(
            directory.resolve("old.pem"),
            "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

    // then
    assertRefused("broken.pem", broken, made.keyFile());
    assertRefused("broken.pem", made.chainFile(), broken);
    assertRefused("openssl pkcs8 -topk8", made.chainFile(), old);
  }

  @Test
  void shouldRefuseTheKeyOfAnotherCertificate() throws Exception {
    // given
    var one = Certificates.make(directory, "one");
    var other = Certificates.make(directory, "other");

    // then
    assertRefused("other.p12.key", one.chainFile(), other.keyFile());
  }

  @Test
  void shouldRefuseACertificateWhoseTimeIsOver() throws Exception {
    // given
    var old = Certificates.make(directory, "old", "EC", "-3d");

    // then
    assertRefused("valid now", old.chainFile(), old.keyFile());
  }

  @Test
  void shouldNameTheKeyStoreThatThePasswordDoesNotOpen() {
    // given
    var made = Certificates.make(directory, "member");

    // when
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> CredentialFiles.keyStore(made.store(), "mistaken"));

    // then
    assertTrue(refusal.getMessage().contains(made.store().toString()), refusal::getMessage);
  }

  @Test
  void shouldAskForWhatIsMissing() {
    // when
    var configuration = given.argument(SECURITY + "certificateChainPath=a.crt").broker();

    // then
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> BrokerConfig.of(configuration));
    assertTrue(refusal.getMessage().contains(SECURITY + "privateKeyPath"), refusal::getMessage);
  }

  private static void assertRefused(String why, Path chain, Path key) {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> CredentialFiles.pem(chain, key));
    assertTrue(refusal.getMessage().contains(why), refusal::getMessage);
  }
}
