package io.skep.e2e;

import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.skep.e2e.Letters.Letter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/// Creates instances that wait for messages, and sends these: some before somebody waits for them,
/// and one of two a second time, which must be refused. What is not answered is sent again.
final class LetterWriter {
  static final String PROCESS = "letters";
  static final String MESSAGE = "letter";
  static final String JOB_TYPE = "letters-work";

  /// Longer than any test: what is sent again must be known still.
  private static final Duration TIME_TO_LIVE = Duration.ofHours(6);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /// Longer than any fault.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final AtomicLong numbers = new AtomicLong();
  private final ZeebeClient client;
  private final Letters letters;
  private final LongAdder outages;
  private final BooleanSupplier goesOn;

  /// @param outages counts requests without an answer
  LetterWriter(ZeebeClient client, Letters letters, LongAdder outages, BooleanSupplier goesOn) {
    this.client = client;
    this.letters = letters;
    this.outages = outages;
    this.goesOn = goesOn;
  }

  private interface Request {
    /// @param again whether it was sent before, and there was no answer
    void send(boolean again);
  }

  /// On as many threads as there should be.
  void write() {
    while (goesOn.getAsBoolean()) {
      long number = numbers.incrementAndGet();
      String key = "key-" + number;
      var first = new Letter(key, 1);
      if (number % 2 == 0) create(key);
      publish(first);
      if (number % 2 == 1) create(key);
      create(key);
      // By now there is an instance that it could be given to by mistake.
      publishAgain(first);
      publish(new Letter(key, 2));
    }
  }

  private void create(String key) {
    insist(
        "an instance for " + key,
        again -> {
          if (again) letters.maybeCreated(key);
          long instance =
              client
                  .newCreateInstanceCommand()
                  .bpmnProcessId(PROCESS)
                  .latestVersion()
                  .variables(Map.of(Letters.KEY, key))
                  .requestTimeout(ANSWER_WITHIN)
                  .send()
                  .join()
                  .getProcessInstanceKey();
          letters.created(key, instance);
        });
  }

  private void publish(Letter letter) {
    insist("message " + letter.id(), again -> publish(letter, again));
  }

  private void publishAgain(Letter letter) {
    insist("message " + letter.id() + " again", _ -> publish(letter, true));
  }

  private void publish(Letter letter, boolean again) {
    try {
      long key =
          client
              .newPublishMessageCommand()
              .messageName(MESSAGE)
              .correlationKey(letter.key())
              .messageId(letter.id())
              .timeToLive(TIME_TO_LIVE)
              .variables(Map.of(Letters.CONTENT, letter.id()))
              .requestTimeout(ANSWER_WITHIN)
              .send()
              .join()
              .getMessageKey();
      letters.accepted(letter, key);
    } catch (ClientStatusException e) {
      if (e.getStatusCode() != Status.Code.ALREADY_EXISTS) throw e;
      letters.known(letter, again);
    }
  }

  private void insist(String what, Request request) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean again = false;
    while (true) {
      try {
        request.send(again);
        return;
      } catch (RuntimeException e) {
        if (!Load.isOutage(e) || System.nanoTime() > deadline) {
          letters.refused(what, e);
          return;
        }
        outages.increment();
        again = true;
        SkepProcess.pause(20);
      }
    }
  }
}
