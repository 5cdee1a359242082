package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.ElementInstance;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.outbox.Mailbox;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.store.Fingerprints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Several partitions with mail between them, which goes out when a test says so.
public final class Partitions {
  private final List<EngineFixture> partitions = new ArrayList<>();
  private final EngineFixture.Shared shared;

  public Partitions(int count) {
    this(count, new Fingerprints());
  }

  /// @param fingerprints by which indexes know texts
  Partitions(int count, Fingerprints fingerprints) {
    shared = new EngineFixture.Shared(fingerprints);
    for (int id = 1; id <= count; id++) partitions.add(new EngineFixture(id, count, shared));
  }

  public int count() {
    return partitions.size();
  }

  public EngineFixture get(int partitionId) {
    return partitions.get(partitionId - 1);
  }

  public EngineFixture ofKey(long key) {
    return get(Routing.ofKey(key));
  }

  public EngineFixture ofCorrelationKey(String correlationKey) {
    return get(new Routing(count()).ofCorrelationKey(correlationKey));
  }

  /// A correlation key that belongs to a partition.
  public String correlationKeyOf(int partitionId) {
    for (int i = 0; ; i++) if (ofCorrelationKey("key" + i) == get(partitionId)) return "key" + i;
  }

  /// Deploys a model and brings it to all partitions.
  ///
  /// @return the process definition key
  public long deploy(ModelBuilder model) {
    ProcessModel built = model.build(shared.faults());
    Resource file = get(1).file(built.bpmnProcessId() + ".bpmn", built);
    get(1).process(new DeployResources(List.of(file), EngineFixture.TENANT));
    settle();
    return get(1).state().processes().latest(built.bpmnProcessId()).key();
  }

  public Answer publish(String name, String correlationKey, String variables) {
    return ofCorrelationKey(correlationKey).publish(name, correlationKey, variables);
  }

  public Answer publish(String name, String correlationKey, String variables, Duration timeToLive) {
    return ofCorrelationKey(correlationKey).publish(name, correlationKey, variables, timeToLive);
  }

  /// Brings all mail, and what it causes, until there is none.
  public void settle() {
    boolean busy = true;
    while (busy) {
      busy = false;
      for (EngineFixture partition : partitions) busy |= partition.settle() > 0;
      for (int from = 1; from <= count(); from++)
        for (int to = 1; to <= count(); to++) busy |= deliver(from, to, Integer.MAX_VALUE);
    }
  }

  /// Brings some of the mail from one partition to another, and the acknowledgement back.
  ///
  /// @param limit how many at most
  /// @return whether there was any
  public boolean deliver(int from, int to, int limit) {
    long upToNumber = bring(from, to, limit);
    if (upToNumber < 0) return false;
    get(from).process(new AcknowledgeMessages(to, upToNumber));
    return true;
  }

  /// Brings mail whose acknowledgement is lost, so that it will come again.
  ///
  /// @return the number up to which it was received, -1 if there was none
  public long bring(int from, int to, int limit) {
    Mailbox mailbox = get(from).state().mailboxes().get(to);
    int count = Math.min(limit, mailbox.unacknowledgedCount());
    if (count == 0) return -1;
    var messages = new ArrayList<Command>();
    for (int i = 0; i < count; i++) messages.add(mailbox.unacknowledged(i));
    Answer answer =
        get(to)
            .process(new ReceiveMessages(from, mailbox.firstUnacknowledged(), messages))
            .answer();
    return assertInstanceOf(Answer.MessagesReceived.class, answer).upToNumber();
  }

  /// Each side of a subscription has its other side. Only when there is no mail on its way.
  void assertSubscriptionsMatch() {
    int others = 0;
    for (EngineFixture partition : partitions) {
      others += partition.state().messageSubscriptions().size();
      State state = partition.state();
      for (long key : state.elements().sortedKeys()) {
        ElementInstance instance = state.elements().get(key);
        for (int i = 0; i < instance.messageSubscriptionCount(); i++) {
          long subscriptionKey = instance.messageSubscriptionKey(i);
          var start = state.processSubscriptions().get(subscriptionKey).start();
          State there = ofCorrelationKey(start.correlationKey()).state();
          assertNotNull(
              there.messageSubscriptions().get(subscriptionKey),
              "a subscription that the other partition does not know");
          others--;
        }
      }
    }
    assertEquals(0, others, "subscriptions of nobody");
  }

  int messagesTaken() {
    return shared.messages().count();
  }

  boolean isLossless() {
    return partitions.stream().allMatch(EngineFixture::isLossless);
  }

  public void assertNothingLeft() {
    for (EngineFixture partition : partitions) partition.assertNothingLeft();
  }
}
