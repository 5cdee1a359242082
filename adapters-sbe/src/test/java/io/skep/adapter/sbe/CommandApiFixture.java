package io.skep.adapter.sbe;

import io.skep.adapter.sbe.FakePartitions.Submission;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A broker's server and a gateway's client that sends to it.
final class CommandApiFixture implements AutoCloseable {
  static final long TIMEOUT_MS = 10_000;

  final FakePartitions partitions = new FakePartitions();
  final Replies replies = new Replies();
  final CommandApiClient client = new CommandApiClient(TestSettings.gateway(), Optional.empty());
  final Broker broker;

  /// A test may put another in its place.
  CommandApiServer server;

  CommandApiFixture() {
    server = new CommandApiServer(TestSettings.broker(1), partitions);
    server.start();
    broker = brokerAt(server.port());
  }

  @Override
  public void close() {
    client.stop();
    server.stop();
  }

  void send(Command command) {
    client.send(broker, 3, command, TIMEOUT_MS, replies);
  }

  static Broker brokerAt(int port) {
    return new Broker(1, new Address("127.0.0.1", port), "1.0", List.of());
  }

  static void answerWithKey(Submission submission) {
    submission.answer(new Done(((ResolveIncident) submission.command()).incidentKey()));
  }

  /// Variables of some bytes more than these.
  static JsonObject blob(int bytes) {
    String text = "{\"blob\":\"" + "x".repeat(bytes) + "\"}";
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
