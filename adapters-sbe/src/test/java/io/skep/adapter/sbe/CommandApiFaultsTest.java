package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.TIMEOUT_MS;
import static io.skep.adapter.sbe.CommandApiFixture.blob;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Server and client together, when something is wrong with a request, an answer or a peer.
class CommandApiFaultsTest {
  @AutoClose private final CommandApiFixture fixture = new CommandApiFixture();
  private final FakePartitions partitions = fixture.partitions;
  private final Replies replies = fixture.replies;
  private final CommandApiClient client = fixture.client;
  private final Broker broker = fixture.broker;

  @Test
  void shouldRefuseMembersOfOtherClusters() throws Exception {
    // given
    var stranger = new CommandApiClient(TestSettings.ofCluster("other"), Optional.empty());

    // when
    stranger.send(broker, 1, new TriggerDue(), TIMEOUT_MS, replies);

    // then
    var refused = replies.nextRefusal(Reason.UNREACHABLE);
    assertTrue(refused.message().contains("'test'"), refused.message());
    assertTrue(refused.message().contains("'other'"), refused.message());
    assertEquals(0, partitions.submitted.get());
    stranger.stop();
  }

  @Test
  void shouldRefuseCommandsThatAreTooLong() throws Exception {
    // given
    partitions.behave(submission -> submission.answer(new Done(1)));
    int room = TestSettings.MAX_FRAME_BYTES - FrameWriter.REQUEST_BYTES;
    int ofCommand = CommandCodec.encode(completion(0)).length;

    // when
    fixture.send(completion(room - ofCommand + 1));
    fixture.send(completion(room - ofCommand));

    // then
    var refused = replies.nextRefusal(Reason.MALFORMED);
    assertTrue(refused.message().contains(Integer.toString(room)), refused.message());
    assertEquals(new Done(1), replies.nextAnswer());
  }

  private static CompleteJob completion(int blobBytes) {
    return new CompleteJob(1, blob(blobBytes));
  }

  @Test
  void shouldSayThatAnAnswerIsTooLong() throws Exception {
    // given
    var instance = new InstanceCreated(1, "p", 1, 2, "<default>");
    fixture.send(new ResolveIncident(1));
    fixture.send(new ResolveIncident(2));

    // when
    partitions.next().answer(new InstanceCompleted(instance, blob(TestSettings.MAX_FRAME_BYTES)));
    partitions.next().answer(new Done(2));

    // then
    var refused = replies.nextRefusal(Reason.ANSWER_TOO_LARGE);
    assertTrue(refused.message().contains("was run"), refused.message());
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldAskForNoMoreJobsThanAnAnswerHolds() throws Exception {
    // given: a gateway that takes larger messages than this broker sends
    int mostBytes = TestSettings.MAX_FRAME_BYTES - FrameWriter.ANSWER_BYTES;
    var small = new ActivateJobs("t", "w", 1, 1, List.of(), List.of(), mostBytes);

    // when
    fixture.send(small.withMaxBytes(Integer.MAX_VALUE));
    fixture.send(small);

    // then
    var first = partitions.next();
    assertEquals(small, first.command());
    assertEquals(small, CommandCodec.decode(first.encoded(), Origin.OWN));
    assertEquals(small, partitions.next().command());
  }

  @Test
  void shouldSurviveAFaultInAPartition() throws Exception {
    // given
    partitions.behave(
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    fixture.send(new ResolveIncident(1));
    var refused = replies.nextRefusal(Reason.INTERNAL);

    // when
    partitions.behave(CommandApiFixture::answerWithKey);
    fixture.send(new ResolveIncident(2));

    // then
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(refused.message().contains("on purpose"), refused.message());
    assertTrue(partitions.closedSessions.isEmpty());
  }

  @Test
  void shouldSurviveAFaultInAnAnswer() throws Exception {
    // given an answer that cannot be encoded
    fixture.send(new ResolveIncident(1));
    fixture.send(new ResolveIncident(2));

    // when
    partitions.next().answer(new InstanceCompleted(new InstanceCreated(1, "", 1, 2, ""), null));
    partitions.next().answer(new Done(2));

    // then
    replies.nextRefusal(Reason.INTERNAL);
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldSurviveAListenerThatThrows() throws Exception {
    // given
    partitions.behave(CommandApiFixture::answerWithKey);
    Reply.Listener faulty =
        _ -> {
          throw new IllegalStateException("on purpose");
        };

    // when
    client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, faulty);
    fixture.send(new ResolveIncident(2));

    // then
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(partitions.closedSessions.isEmpty());
  }

  @Test
  void shouldNotResolveUnknownHosts() throws Exception {
    // given
    var nowhere = new Broker(1, new Address("no-such-host.invalid", 26501), "1.0", List.of());

    // when
    client.send(nowhere, 1, new TriggerDue(), TIMEOUT_MS, replies);

    // then
    var refused = replies.nextRefusal(Reason.UNREACHABLE);
    assertTrue(refused.message().contains("no-such-host.invalid"), refused.message());
  }
}
