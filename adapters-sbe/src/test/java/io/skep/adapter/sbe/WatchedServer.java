package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.port.out.Reply.Answered;
import java.io.IOException;

/// A server that a test puts to trouble. Beside whoever makes it there is a peer that does as it
/// should, and nothing may happen to that.
final class WatchedServer {
  final FakePartitions partitions = new FakePartitions().behave(WatchedServer::serve);
  private CommandApiServer server;
  private RawPeer bystander;

  WatchedServer() throws IOException {
    server = new CommandApiServer(TestSettings.broker(1), partitions);
    server.start();
    bystander = RawPeer.introduced(server.port());
  }

  static void serve(FakePartitions.Submission submission) {
    submission.answer(new Done(7));
  }

  int port() {
    return server.port();
  }

  RawPeer bystander() {
    return bystander;
  }

  /// Starts another in its place, with another bystander.
  void replace(CommandApiSettings settings) throws IOException {
    bystander.close();
    server.stop();
    partitions.closedSessions.clear();
    server = new CommandApiServer(settings, partitions);
    server.start();
    bystander = RawPeer.connect(server.port());
    bystander.write(RawPeer.frame(writer -> writer.hello("test", "bystander")));
    assertInstanceOf(Frame.Hello.class, bystander.read());
  }

  /// Fails if the bystander is not served.
  void stop() throws IOException {
    bystander.write(RawPeer.request(4711, new ResolveIncident(1)));
    assertEquals(new Frame.Replied(4711, new Answered(new Done(7))), bystander.read());
    bystander.close();
    server.stop();
  }
}
