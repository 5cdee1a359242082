package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Clients that create instances, and workers that complete their jobs, while the broker goes down
/// and comes up. Afterwards [#check] holds the broker to its word.
final class Load implements AutoCloseable {
  private static final String PROCESS = "load";
  private static final String JOB_TYPE = "load-work";
  private static final Duration JOB_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final int CREATORS = 4;
  private static final int WORKERS = 3;
  private static final int WRITERS = 2;
  private static final int READERS = 2;

  private final ZeebeClient client;
  private final History history = new History();
  private final Letters letters = new Letters();
  private final LongAdder outages = new LongAdder();
  private final List<Thread> threads = new ArrayList<>();
  private final List<Thread> writers = new ArrayList<>();
  private volatile boolean creates = true;
  private volatile boolean works = true;

  /// Deploys what it needs.
  Load(SkepProcess skep) {
    this(skep.client());
  }

  /// Deploys what it needs.
  ///
  /// @param client is closed with this
  Load(ZeebeClient client) {
    this.client = client;
    Models.deploy(client, Models.oneTask(PROCESS, JOB_TYPE));
  }

  /// Has clients send messages too, to instances that wait for them.
  Load withLetters() {
    Models.deploy(
        client,
        Models.messageThenTask(
            LetterWriter.PROCESS, LetterWriter.MESSAGE, Letters.KEY, LetterWriter.JOB_TYPE));
    var writer = new LetterWriter(client, letters, outages, () -> creates);
    for (int i = 0; i < WRITERS; i++) writers.add(Thread.ofVirtual().unstarted(writer::write));
    for (int i = 0; i < READERS; i++) {
      threads.add(Thread.ofVirtual().unstarted(() -> work(LetterWriter.JOB_TYPE, letters::read)));
    }
    return this;
  }

  Load start() {
    for (int i = 0; i < CREATORS; i++) threads.add(Thread.ofVirtual().unstarted(this::create));
    for (int i = 0; i < WORKERS; i++) {
      threads.add(Thread.ofVirtual().unstarted(() -> work(JOB_TYPE, _ -> {})));
    }
    threads.forEach(Thread::start);
    writers.forEach(Thread::start);
    return this;
  }

  int createdCount() {
    return history.created().size();
  }

  Letters letters() {
    return letters;
  }

  /// What was asked for and how it ended.
  String summary() {
    return "%d created, %d messages correlated (by partition: %s), %d repeated ones refused, %d jobs completed, %d requests in doubt or refused"
        .formatted(
            createdCount(),
            letters.acknowledgedCount(),
            letters.countByPartition(),
            letters.repetitionCount(),
            history.finishedJobs().size(),
            outages.sum());
  }

  private void create() {
    while (creates) {
      try {
        var instance =
            client
                .newCreateInstanceCommand()
                .bpmnProcessId(PROCESS)
                .latestVersion()
                .requestTimeout(ANSWER_WITHIN)
                .send()
                .join();
        history.created(instance.getProcessInstanceKey());
      } catch (RuntimeException e) {
        if (isOutage(e)) outages.increment();
        else history.refused("a creation", e);
        SkepProcess.pause(20);
      }
    }
  }

  /// @param seen is told of every job before it is completed
  private void work(String jobType, Consumer<ActivatedJob> seen) {
    while (works) {
      try {
        client
            .newActivateJobsCommand()
            .jobType(jobType)
            .maxJobsToActivate(20)
            .timeout(JOB_TIMEOUT)
            .requestTimeout(Duration.ofSeconds(1))
            .send()
            .join()
            .getJobs()
            .forEach(
                job -> {
                  seen.accept(job);
                  complete(job);
                });
      } catch (RuntimeException e) {
        if (isOutage(e)) outages.increment();
        else history.refused("a request for jobs", e);
        SkepProcess.pause(20);
      }
    }
  }

  private void complete(ActivatedJob job) {
    history.activated(job, JOB_TIMEOUT.toMillis());
    try {
      client.newCompleteCommand(job).requestTimeout(ANSWER_WITHIN).send().join();
      history.completed(job);
    } catch (RuntimeException e) {
      if (code(e) == Status.Code.NOT_FOUND) history.missing(job);
      else if (isOutage(e)) history.maybeCompleted(job);
      else history.refused("a completion", e);
    }
  }

  /// What a client has to expect while a broker is down, or not yet up.
  static boolean isOutage(RuntimeException failure) {
    return switch (code(failure)) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED -> true;
      default -> false;
    };
  }

  private static Status.Code code(RuntimeException failure) {
    return failure instanceof ClientStatusException status
        ? status.getStatusCode()
        : Status.Code.UNKNOWN;
  }

  /// Stops creating, has all jobs completed, and checks that nothing that was acknowledged is lost
  /// and nothing was done twice: instances, jobs, messages.
  void check() throws InterruptedException {
    creates = false;
    // What they have begun they bring to an end, or complain.
    for (Thread writer : writers) writer.join();
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (isUnfinished() && System.nanoTime() < deadline) SkepProcess.pause(50);
    works = false;
    for (Thread thread : threads) thread.join();
    for (long job : history.doubtful()) settle(job);

    assertEquals(List.of(), history.violations());
    assertEquals(List.of(), letters.violations());
    assertEquals(List.of(), List.copyOf(history.unfinished()), "instances without a finished job");
    assertTrue(createdCount() > 0, "nothing was created");
    var finished = history.finishedJobs();
    assertAllMissing(
        finished.keySet(), key -> client.newCompleteCommand(key).send().toCompletableFuture());
    assertAllMissing(
        finished.values(),
        key -> client.newCancelInstanceCommand(key).send().toCompletableFuture());
  }

  private boolean isUnfinished() {
    return !history.unfinished().isEmpty() || !letters.unread().isEmpty();
  }

  /// Completes a job if it is not completed yet.
  private void settle(long jobKey) {
    try {
      client.newCompleteCommand(jobKey).send().join();
    } catch (ClientStatusException e) {
      assertEquals(Status.Code.NOT_FOUND, e.getStatusCode(), "job " + jobKey);
    }
    history.settled(jobKey);
  }

  /// What is finished can neither be completed again nor cancelled.
  private static void assertAllMissing(
      Iterable<Long> keys, LongFunction<CompletableFuture<?>> command) {
    var batch = new ArrayList<CompletableFuture<?>>();
    for (long key : keys) {
      var answer = command.apply(key);
      batch.add(
          answer.handle(
              (_, failure) -> {
                assertEquals(
                    Status.Code.NOT_FOUND, Status.fromThrowable(failure).getCode(), "key " + key);
                return null;
              }));
      // Fewer than the broker takes at a time.
      if (batch.size() == 100) join(batch);
    }
    join(batch);
  }

  private static void join(List<CompletableFuture<?>> batch) {
    CompletableFuture.allOf(batch.toArray(CompletableFuture[]::new))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
    batch.clear();
  }

  @Override
  public void close() {
    creates = false;
    works = false;
    client.close();
  }
}
