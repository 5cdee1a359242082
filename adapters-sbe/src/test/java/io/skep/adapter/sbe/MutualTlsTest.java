package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.Certificates;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.port.out.Credentials;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MutualTlsTest {
  @TempDir Path directory;
  private Credentials member;
  private CommandApiServer server;

  @BeforeEach
  void start() {
    start(credentials("member"));
  }

  private void start(Credentials credentials) {
    member = credentials;
    var partitions = new FakePartitions().behave(submission -> submission.answer(new Done(7)));
    server = new CommandApiServer(TestSettings.broker(1).with(member), partitions);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private Credentials credentials(String name) {
    return credentials(Certificates.make(directory, name));
  }

  private static Credentials credentials(Certificates made) {
    return new Credentials(made.key(), List.of(made.certificate()));
  }

  private Reply ask(Credentials with, int port) throws Exception {
    var client = new CommandApiClient(TestSettings.gateway().with(with), Optional.empty());
    try {
      var reply = new CompletableFuture<Reply>();
      var broker = CommandApiFixture.brokerAt(port);
      client.send(broker, 3, new ResolveIncident(5), 10_000, reply::complete);
      return reply.get(20, TimeUnit.SECONDS);
    } finally {
      client.stop();
    }
  }

  @Test
  void shouldServeAMember() throws Exception {
    assertEquals(new Answered(new Done(7)), ask(member, server.port()));
  }

  @Test
  void shouldServeAMemberWhoseCertificateIsVouchedForByAnUnknownOne() throws Exception {
    // given
    server.stop();
    start(credentials(Certificates.makeVouchedFor(directory, "vouched-for")));

    // then
    assertEquals(new Answered(new Done(7)), ask(member, server.port()));
  }

  @Test
  void shouldRefuseWhoSpeaksPlainText() throws Exception {
    assertEquals(Reason.UNREACHABLE, refusal(null, server.port()));
  }

  @Test
  void shouldRefuseWhoShowsAnotherCertificate() throws Exception {
    assertEquals(Reason.UNREACHABLE, refusal(credentials("stranger"), server.port()));
  }

  @Test
  void shouldNotTrustABrokerThatSpeaksPlainText() throws Exception {
    // given
    var plain = new CommandApiServer(TestSettings.broker(1), new FakePartitions());
    plain.start();

    // when
    try {
      assertEquals(Reason.UNREACHABLE, refusal(member, plain.port()));
    } finally {
      plain.stop();
    }
  }

  private Reason refusal(Credentials with, int port) throws Exception {
    return assertInstanceOf(Refused.class, ask(with, port)).reason();
  }
}
