package io.skep.port.in;

import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.outbox.Mailbox;
import io.skep.domain.engine.outbox.MailboxTable;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.port.out.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Brings the messages of a partition that this broker leads to the other partitions, again and
/// again until they are acknowledged. One delivery to each partition is on its way at a time.
final class MailSender {
  private static final int MAX_MESSAGES = 64;

  /// A delivery of more than one message is no larger, so that it fits into a log entry whatever
  /// its messages are.
  private static final int MAX_BYTES = 1 << 20;

  /// With so many messages waiting for one partition no new work should be taken: messages stay in
  /// memory, and what is there makes enough of them.
  static final int FULL = 20_000;

  private static final long TIMEOUT_MS = 5_000;
  private static final long FIRST_RETRY_MS = 50;
  private static final long LAST_RETRY_MS = 2_000;

  private final int partitionId;
  private final PartitionEnvironment environment;
  private final DueTrigger.Proposer proposer;
  private final Delivery[] deliveries;
  private volatile boolean awake;
  private volatile int lead;
  private volatile boolean stopped = true;

  /// A partition that more messages wait for than should, 0 if there is none.
  private volatile int fullFor;

  /// What is on its way to a partition: touched by one thread at a time, since each step leads to
  /// the next.
  private static final class Delivery {
    boolean busy;
    boolean complained;
    long retryMs = FIRST_RETRY_MS;
  }

  MailSender(int partitionId, PartitionEnvironment environment, DueTrigger.Proposer proposer) {
    this.partitionId = partitionId;
    this.environment = environment;
    this.proposer = proposer;
    deliveries = new Delivery[environment.settings().partitionCount() + 1];
  }

  /// Begins anew as leader.
  void reset() {
    lead++;
    for (int i = 1; i < deliveries.length; i++) deliveries[i] = new Delivery();
    stopped = false;
    awake = true;
  }

  void stop() {
    stopped = true;
  }

  /// There are new messages. To be followed by [#send].
  void wake() {
    awake = true;
  }

  /// A partition that many messages wait for already, because it has no leader or is too slow.
  ///
  /// @return 0 if there is none
  int fullFor() {
    return fullFor;
  }

  /// Sends what is there, if anything may be. On the partition's thread.
  ///
  /// @param whenCommitted does something once all that is there is certain to stay
  void send(MailboxTable mailboxes, Consumer<Withheld.News> whenCommitted) {
    if (!awake || stopped) return;
    awake = false;
    int full = 0;
    for (int partition = 1; partition < deliveries.length; partition++) {
      Mailbox mailbox = mailboxes.get(partition);
      if (mailbox.unacknowledgedCount() >= FULL) full = partition;
      Delivery delivery = deliveries[partition];
      synchronized (delivery) {
        if (partition == partitionId || delivery.busy || mailbox.unacknowledgedCount() == 0)
          continue;
        delivery.busy = true;
      }
      var messages =
          new ReceiveMessages(partitionId, mailbox.firstUnacknowledged(), oldestOf(mailbox));
      int to = partition;
      int sinceLead = lead;
      whenCommitted.accept(() -> deliver(to, messages, sinceLead));
    }
    fullFor = full;
  }

  /// The oldest messages, as many as one delivery holds.
  private List<Command> oldestOf(Mailbox mailbox) {
    int count = Math.min(MAX_MESSAGES, mailbox.unacknowledgedCount());
    // However large: it has to go.
    if (count == 1) return List.of(mailbox.unacknowledged(0));
    List<Command> messages = new ArrayList<>(count);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      Command message = mailbox.unacknowledged(i);
      bytes += environment.codec().encode(message).length;
      if (i > 0 && bytes > MAX_BYTES) break;
      messages.add(message);
    }
    return messages;
  }

  private void deliver(int partition, ReceiveMessages messages, int sinceLead) {
    if (stopped || lead != sinceLead) return;
    Topology topology = environment.membership().topology();
    if (topology.leaderOf(partition) == null) {
      retry(partition, messages, sinceLead);
      return;
    }
    environment
        .leaders()
        .get()
        .send(
            topology,
            partition,
            messages,
            TIMEOUT_MS,
            reply -> delivered(partition, messages, sinceLead, reply));
  }

  private void delivered(int partition, ReceiveMessages messages, int sinceLead, Reply reply) {
    if (reply instanceof Reply.Answered(Answer.MessagesReceived(long upToNumber))
        && upToNumber >= messages.firstNumber()) {
      deliveries[partition].retryMs = FIRST_RETRY_MS;
      acknowledge(partition, upToNumber, sinceLead);
      return;
    }
    if (reply instanceof Reply.Refused(Reply.Reason reason, _, int hint)
        && reason == Reply.Reason.NOT_LEADER
        && hint >= 0) {
      environment.membership().correct(partition, hint);
    }
    if (reply instanceof Reply.Answered(Rejection rejection)) complain(partition, rejection);
    retry(partition, messages, sinceLead);
  }

  /// Trying again will hardly help, and nothing else can be done: somebody should know.
  private void complain(int partition, Rejection rejection) {
    Delivery delivery = deliveries[partition];
    if (delivery.complained) return;
    delivery.complained = true;
    environment
        .log()
        .error(
            "Partition %d does not take messages of partition %d, which will be tried again and again: %s"
                .formatted(partition, partitionId, rejection.message()),
            null);
  }

  private void acknowledge(int partition, long upToNumber, int sinceLead) {
    if (stopped || lead != sinceLead) return;
    // Once this is applied there may be more to send. It is proposed until it is, or until the lead
    // is lost.
    proposer.propose(
        new AcknowledgeMessages(partition, upToNumber),
        reply -> {
          if (!(reply instanceof Reply.Answered)) return;
          synchronized (deliveries[partition]) {
            deliveries[partition].busy = false;
          }
          awake = true;
        });
  }

  private void retry(int partition, ReceiveMessages messages, int sinceLead) {
    Delivery delivery = deliveries[partition];
    long delayMs = delivery.retryMs;
    delivery.retryMs = Math.min(LAST_RETRY_MS, delayMs * 2);
    environment.scheduler().schedule(delayMs, () -> deliver(partition, messages, sinceLead));
  }
}
