package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.CommandApiFixture.TIMEOUT_MS;
import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.FakePartitions.Submission;
import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.adapter.sbe.codec.MadeUpMessages;
import io.skep.adapter.sbe.codec.MadeUpValues;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Server and client together, when all goes well.
class CommandApiTest {
  @AutoClose private final CommandApiFixture fixture = new CommandApiFixture();
  private final FakePartitions partitions = fixture.partitions;
  private final Replies replies = fixture.replies;
  private final CommandApiClient client = fixture.client;
  private final Broker broker = fixture.broker;

  @Test
  void shouldCarryCommandsOfEveryKind() throws Exception {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    var messages = new MadeUpMessages(MadeUpValues.random(seed));
    for (Class<?> kind : MadeUpMessages.commandKinds()) {
      Command command = askingForLittle(messages.command(kind));

      // when
      fixture.send(command);

      // then
      var submission = partitions.next();
      assertEquals(3, submission.partitionId());
      assertEquals(describe(command), describe(submission.command()), "-Dseed=" + seed);
      assertArrayEquals(CommandCodec.encode(command), submission.encoded());
    }
  }

  /// Requests for more than fits into a frame arrive lowered.
  private static Command askingForLittle(Command command) {
    return switch (command) {
      case ActivateJobs jobs -> jobs.withMaxBytes(1_000);
      case StreamJobs jobs -> jobs.withMaxBytes(1_000);
      default -> command;
    };
  }

  @Test
  void shouldCarryAnswersOfEveryKind() throws Exception {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    var messages = new MadeUpMessages(MadeUpValues.random(seed));
    for (Class<?> kind : MadeUpMessages.answerKinds()) {
      Answer answer = messages.answer(kind);
      fixture.send(new TriggerDue());

      // when
      partitions.next().answer(answer);

      // then
      assertEquals(describe(answer), describe(replies.nextAnswer()), "-Dseed=" + seed);
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldCarryRefusalsWithTheLeader(Reason reason) throws Exception {
    // given
    fixture.send(new TriggerDue());

    // when
    partitions.next().listener().onReply(new Refused(reason, "ask another", 2));

    // then
    assertEquals(new Refused(reason, "ask another", 2), replies.next());
  }

  @Test
  void shouldMatchRepliesThatComeInAnotherOrder() throws Exception {
    // given
    int senders = 8;
    int each = 500;
    var got = new ConcurrentHashMap<Long, Long>();
    var done = new CountDownLatch(senders * each);
    var threads = new ArrayList<Thread>();
    for (int sender = 0; sender < senders; sender++) {
      long first = (long) sender * each;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (long key = first; key < first + each; key++) {
                      long sent = key;
                      client.send(
                          broker,
                          1,
                          new ResolveIncident(sent),
                          TIMEOUT_MS,
                          reply -> {
                            var answer = (Done) ((Answered) reply).answer();
                            got.put(sent, answer.key());
                            done.countDown();
                          });
                    }
                  }));
    }
    for (Thread thread : threads) thread.join();
    var submissions = new ArrayList<Submission>();
    for (int i = 0; i < senders * each; i++) submissions.add(partitions.next());

    // when
    Collections.shuffle(submissions, new Random(1));
    submissions.forEach(CommandApiFixture::answerWithKey);

    // then
    assertTrue(done.await(10, TimeUnit.SECONDS));
    got.forEach((sent, received) -> assertEquals(sent, received));
    assertEquals(senders * each, got.size());
  }

  @Test
  void shouldKeepTheOrderOfOneSendersCommands() throws Exception {
    // when
    for (long key = 0; key < 2_000; key++) fixture.send(new ResolveIncident(key));

    // then
    for (long key = 0; key < 2_000; key++) {
      assertEquals(new ResolveIncident(key), partitions.next().command());
    }
  }

  @Test
  void shouldTimeOutAndDropTheLateReply() throws Exception {
    // given
    client.send(broker, 3, new ResolveIncident(1), 100, replies);
    var late = partitions.next();

    // when
    var refused = replies.nextRefusal(Reason.TIMEOUT);
    late.answer(new Done(1));
    partitions.behave(CommandApiFixture::answerWithKey);
    fixture.send(new ResolveIncident(2));

    // then
    assertTrue(refused.message().contains("100 ms"), refused.message());
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(replies.isSilent(100));
  }

  @Test
  void shouldNotTimeOutTooEarly() throws Exception {
    // given
    long start = System.nanoTime();

    // when
    client.send(broker, 3, new ResolveIncident(1), 300, replies);
    replies.nextRefusal(Reason.TIMEOUT);

    // then
    assertTrue(System.nanoTime() - start >= 300_000_000L);
  }

  @Test
  void shouldTellThatThereAreJobs() throws Exception {
    // given
    var news = new LinkedBlockingQueue<String>();
    client.onJobsAvailable((partitionId, type) -> news.add(partitionId + " " + type));
    fixture.send(new ResolveIncident(1));
    fixture.send(new ResolveIncident(2));
    var session = partitions.next().session();

    // when
    session.jobsAvailable(3, "payment");

    // then
    assertEquals("3 payment", news.poll(10, TimeUnit.SECONDS));
    assertSame(session, partitions.next().session());
  }

  @Test
  void shouldTellThatNewsOfABrokerIsLost() throws Exception {
    // given
    var news = new LinkedBlockingQueue<Integer>();
    client.onJobsAvailable(
        new JobsAvailable() {
          @Override
          public void jobsAvailable(int partitionId, String type) {}

          @Override
          public void newsLost(int nodeId) {
            news.add(nodeId);
          }
        });
    partitions.behave(CommandApiFixture::answerWithKey);
    fixture.send(new ResolveIncident(1));
    replies.nextAnswer();

    // when
    fixture.server.stop();

    // then
    assertEquals(broker.nodeId(), news.poll(10, TimeUnit.SECONDS));
  }
}
