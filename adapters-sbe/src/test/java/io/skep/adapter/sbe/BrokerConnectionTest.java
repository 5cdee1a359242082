package io.skep.adapter.sbe;

import io.netty.channel.DefaultEventLoop;
import io.skep.domain.cluster.Address;
import io.skep.port.in.Arrivals;
import io.skep.port.out.Reply.Reason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BrokerConnectionTest {
  private final Replies replies = new Replies();
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final BrokerConnection connection = connection();

  private BrokerConnection connection() {
    var settings = TestSettings.gateway();
    return new BrokerConnection(
        settings, MutualTls.ofClient(settings), new Address("127.0.0.1", 1), loop, (_, _) -> {});
  }

  private void send() {
    connection.send(new PendingRequest(1, 1, new byte[1], 10_000, replies));
  }

  /// Nothing of it has been sent, which a client is to know.
  @Test
  void shouldRefuseAllThatComesOnceItsThreadHasEnded() throws InterruptedException {
    // given
    loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();

    // when: by themselves, and together
    send();
    send();
    Arrivals.begin();
    send();
    send();
    Arrivals.end();

    // then
    for (int i = 0; i < 4; i++) replies.nextRefusal(Reason.UNREACHABLE);
  }
}
