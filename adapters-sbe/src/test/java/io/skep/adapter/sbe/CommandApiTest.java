package io.skep.adapter.sbe;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.FakePartitions.Submission;
import io.skep.adapter.sbe.codec.CommandCodec;
import io.skep.adapter.sbe.codec.MadeUpMessages;
import io.skep.adapter.sbe.codec.MadeUpValues;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.InstanceCompleted;
import io.skep.domain.engine.Answer.InstanceCreated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandApiTest {
  private static final long TIMEOUT_MS = 10_000;

  private final FakePartitions partitions = new FakePartitions();
  private final Replies replies = new Replies();
  private CommandApiServer server;
  private CommandApiClient client;
  private Broker broker;

  @BeforeEach
  void start() {
    server = new CommandApiServer(TestSettings.broker(1), partitions);
    server.start();
    broker = brokerAt(server.port());
    client = new CommandApiClient(TestSettings.gateway(), Optional.empty());
  }

  @AfterEach
  void stop() {
    client.stop();
    server.stop();
  }

  private static Broker brokerAt(int port) {
    return new Broker(1, new Address("127.0.0.1", port), "1.0", List.of());
  }

  private void send(Command command) {
    client.send(broker, 3, command, TIMEOUT_MS, replies);
  }

  private static void answerWithKey(Submission submission) {
    submission.answer(new Done(((ResolveIncident) submission.command()).incidentKey()));
  }

  @Test
  void shouldCarryCommandsOfEveryKind() throws Exception {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    var messages = new MadeUpMessages(MadeUpValues.random(seed));
    for (Class<?> kind : MadeUpMessages.commandKinds()) {
      Command command = messages.command(kind);

      // when
      send(command);

      // then
      var submission = partitions.next();
      assertEquals(3, submission.partitionId());
      assertEquals(describe(command), describe(submission.command()), "-Dseed=" + seed);
      assertArrayEquals(CommandCodec.encode(command), submission.encoded());
    }
  }

  @Test
  void shouldCarryAnswersOfEveryKind() throws Exception {
    // given
    long seed = Long.getLong("seed", System.nanoTime());
    var messages = new MadeUpMessages(MadeUpValues.random(seed));
    for (Class<?> kind : MadeUpMessages.answerKinds()) {
      Answer answer = messages.answer(kind);
      send(new TriggerDue());

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
    send(new TriggerDue());

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
    submissions.forEach(CommandApiTest::answerWithKey);

    // then
    assertTrue(done.await(10, TimeUnit.SECONDS));
    got.forEach((sent, received) -> assertEquals(sent, received));
    assertEquals(senders * each, got.size());
  }

  @Test
  void shouldKeepTheOrderOfOneSendersCommands() throws Exception {
    // when
    for (long key = 0; key < 2_000; key++) send(new ResolveIncident(key));

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
    partitions.behave(CommandApiTest::answerWithKey);
    send(new ResolveIncident(2));

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
  void shouldReconnectAfterTheBrokerHasRestarted() throws Exception {
    // given
    partitions.behave(CommandApiTest::answerWithKey);
    int port = server.port();
    send(new ResolveIncident(1));
    assertEquals(new Done(1), replies.nextAnswer());
    server.stop();
    send(new ResolveIncident(2));
    var refused = replies.nextRefusal(Reason.UNREACHABLE);

    // when
    server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    server.start();
    send(new ResolveIncident(3));

    // then
    assertEquals(new Done(3), replies.nextAnswer());
    assertTrue(refused.message().contains("127.0.0.1:" + port), refused.message());
  }

  @Test
  void shouldTryAgainForWhatIsSentAfterAFailure() throws Exception {
    // given a broker that is back before the sender of the refused request hears of it
    partitions.behave(CommandApiTest::answerWithKey);
    int port = server.port();
    server.stop();
    server = new CommandApiServer(TestSettings.brokerAt(port), partitions);
    Reply.Listener sendsAgain =
        _ -> {
          server.start();
          send(new ResolveIncident(2));
        };

    // when
    client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, sendsAgain);

    // then
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldInterruptWhatIsOnItsWayWhenTheBrokerGivesUp() throws Exception {
    // given
    send(new ResolveIncident(1));
    partitions.next();

    // when
    server.stop();

    // then
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldAnswerWhatWasTakenBeforeItStops() throws Exception {
    // given
    send(new ResolveIncident(1));
    var taken = partitions.next();
    var stopping = Thread.ofPlatform().start(server::stop);
    Thread.sleep(100);
    send(new ResolveIncident(2));
    replies.nextRefusal(Reason.UNREACHABLE);

    // when
    long start = System.nanoTime();
    taken.answer(new Done(1));

    // then
    assertEquals(new Done(1), replies.nextAnswer());
    stopping.join();
    assertTrue(System.nanoTime() - start < 500_000_000L, "should not wait longer than it must");
  }

  @Test
  void shouldStopAtOnceWithIdleConnections() throws Exception {
    // given
    partitions.behave(CommandApiTest::answerWithKey);
    send(new ResolveIncident(1));
    replies.nextAnswer();
    long start = System.nanoTime();

    // when
    server.stop();

    // then
    assertTrue(System.nanoTime() - start < 500_000_000L);
  }

  @Test
  void shouldForgetTheSessionOfAPeerThatLeft() throws Exception {
    // given
    send(new ResolveIncident(1));
    var session = partitions.next().session();

    // when
    client.stop();

    // then
    assertSame(session, partitions.closedSessions.poll(10, TimeUnit.SECONDS));
    replies.nextRefusal(Reason.INTERRUPTED);
  }

  @Test
  void shouldTellThatThereAreJobs() throws Exception {
    // given
    var news = new LinkedBlockingQueue<String>();
    client.onJobsAvailable((partitionId, type) -> news.add(partitionId + " " + type));
    send(new ResolveIncident(1));
    send(new ResolveIncident(2));
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
    partitions.behave(CommandApiTest::answerWithKey);
    send(new ResolveIncident(1));
    replies.nextAnswer();

    // when
    server.stop();

    // then
    assertEquals(broker.nodeId(), news.poll(10, TimeUnit.SECONDS));
  }

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
    send(completion(room - ofCommand + 1));
    send(completion(room - ofCommand));

    // then
    var refused = replies.nextRefusal(Reason.MALFORMED);
    assertTrue(refused.message().contains(Integer.toString(room)), refused.message());
    assertEquals(new Done(1), replies.nextAnswer());
  }

  private static CompleteJob completion(int blobBytes) {
    return new CompleteJob(1, blob(blobBytes));
  }

  private static JsonObject blob(int bytes) {
    String text = "{\"blob\":\"" + "x".repeat(bytes) + "\"}";
    return JsonObject.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldSayThatAnAnswerIsTooLong() throws Exception {
    // given
    var instance = new InstanceCreated(1, "p", 1, 2, "<default>");
    send(new ResolveIncident(1));
    send(new ResolveIncident(2));

    // when
    partitions.next().answer(new InstanceCompleted(instance, blob(TestSettings.MAX_FRAME_BYTES)));
    partitions.next().answer(new Done(2));

    // then
    replies.nextRefusal(Reason.INTERNAL);
    assertEquals(new Done(2), replies.nextAnswer());
  }

  @Test
  void shouldSurviveAFaultInAPartition() throws Exception {
    // given
    partitions.behave(
        _ -> {
          throw new IllegalStateException("on purpose");
        });
    send(new ResolveIncident(1));
    var refused = replies.nextRefusal(Reason.INTERNAL);

    // when
    partitions.behave(CommandApiTest::answerWithKey);
    send(new ResolveIncident(2));

    // then
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(refused.message().contains("on purpose"), refused.message());
    assertTrue(partitions.closedSessions.isEmpty());
  }

  @Test
  void shouldSurviveAFaultInAnAnswer() throws Exception {
    // given an answer that cannot be encoded
    send(new ResolveIncident(1));
    send(new ResolveIncident(2));

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
    partitions.behave(CommandApiTest::answerWithKey);
    Reply.Listener faulty =
        _ -> {
          throw new IllegalStateException("on purpose");
        };

    // when
    client.send(broker, 1, new ResolveIncident(1), TIMEOUT_MS, faulty);
    send(new ResolveIncident(2));

    // then
    assertEquals(new Done(2), replies.nextAnswer());
    assertTrue(partitions.closedSessions.isEmpty());
  }

  @Test
  void shouldRefuseToSendAfterItWasStopped() throws Exception {
    // given
    client.stop();

    // when
    send(new TriggerDue());

    // then
    replies.nextRefusal(Reason.UNREACHABLE);
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

  @Test
  void shouldSayWhyThePortCannotBeOpened() {
    // given
    var second = new CommandApiServer(TestSettings.brokerAt(server.port()), partitions);

    // when
    var failure = assertThrows(IllegalStateException.class, second::start);

    // then
    Stream.of("127.0.0.1", ":" + server.port(), "zeebe.broker.network.commandApi.port")
        .forEach(part -> assertTrue(failure.getMessage().contains(part), failure.getMessage()));
    second.stop();
  }

  @Test
  void shouldStartAndStopMoreThanOnce() throws Exception {
    // given
    partitions.behave(CommandApiTest::answerWithKey);

    // when
    server.start();
    server.stop();
    server.stop();
    assertThrows(IllegalStateException.class, server::port);
    server.start();

    // then
    client.send(brokerAt(server.port()), 1, new ResolveIncident(1), TIMEOUT_MS, replies);
    assertEquals(new Done(1), replies.nextAnswer());
  }

  @Test
  void shouldNeedNoSocketForTheLocalBroker() throws Exception {
    // given a broker whose port is closed
    server.stop();
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
