package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.TIMEOUT_MS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The client in the process of the broker that it sends to.
class LocalBrokerTest {
  @AutoClose private final CommandApiFixture fixture = new CommandApiFixture();
  private final FakePartitions partitions = fixture.partitions;
  private final Replies replies = fixture.replies;
  private final Broker broker = fixture.broker;

  @Test
  void shouldNeedNoSocketForTheLocalBroker() throws Exception {
    // given a broker whose port is closed
    fixture.server.stop();
    var local = new CommandApiClient(TestSettings.broker(1), Optional.of(() -> partitions));
    var answer = new Done(1);
    var news = new LinkedBlockingQueue<String>();
    local.onJobsAvailable((partitionId, type) -> news.add(partitionId + " " + type));

    // when
    local.send(broker, 3, new ResolveIncident(1), TIMEOUT_MS, replies);
    local.send(broker, 3, new ResolveIncident(2), 100, replies);

    // then
    var first = partitions.next();
    var second = partitions.next();
    first.answer(answer);
    assertSame(answer, replies.nextAnswer());
    assertEquals(3, first.partitionId());
    assertArrayEquals(CommandCodec.encode(new ResolveIncident(1)), first.encoded());
    assertSame(first.session(), second.session());
    first.session().jobsAvailable(3, "payment");
    assertEquals("3 payment", news.poll());
    replies.nextRefusal(Reason.TIMEOUT);
    second.answer(answer);
    assertTrue(replies.isSilent(50));
    local.stop();
  }

  @Test
  void shouldEndLocalRequestsWhenItStops() throws Exception {
    // given
    var local = new CommandApiClient(TestSettings.broker(1), Optional.of(() -> partitions));
    local.send(broker, 3, new ResolveIncident(1), TIMEOUT_MS, replies);
    assertNotNull(partitions.next());

    // when
    local.stop();

    // then
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldReportAFaultOfTheLocalBroker() throws Exception {
    // given
    partitions.behave(
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    var local = new CommandApiClient(TestSettings.broker(1), Optional.of(() -> partitions));

    // when
    local.send(broker, 3, new ResolveIncident(1), TIMEOUT_MS, replies);

    // then
    assertInstanceOf(Refused.class, replies.nextRefusal(Reason.INTERNAL));
    local.stop();
  }
}
