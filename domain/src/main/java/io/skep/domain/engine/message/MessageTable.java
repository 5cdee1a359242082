package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.FingerprintIndex;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex;
import java.util.List;
import java.util.function.Consumer;

/// Published messages that are kept, by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class MessageTable {
  private final Aggregates aggregates;
  private final Table<Message> rows;

  /// By who has had them, in the order of their publishing.
  private final AddressIndex<List<String>> byAddress;

  private final FingerprintIndex byId;
  private final Fingerprints fingerprints;
  private final DueIndex due;

  public MessageTable(
      Journal journal, Aggregates aggregates, Fingerprints fingerprints, DueIndex due) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    byAddress = new AddressIndex<>(journal, fingerprints);
    byId = new FingerprintIndex(journal);
    this.fingerprints = fingerprints;
    this.due = due;
  }

  /// The message, or `null` if it is not kept.
  public Message get(long key) {
    return rows.get(key);
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// How many are kept.
  public int count() {
    return byAddress.size();
  }

  /// The oldest message at an address that instances of a process may have, `null` if there is
  /// none.
  ///
  /// @param nowMs whatever is over by then is left out
  public Message oldest(Address address, String bpmnProcessId, long nowMs) {
    for (long key = 0; (key = nextFor(bpmnProcessId, address, key)) != 0; ) {
      Message message = rows.get(key);
      if (message.isLive(nowMs)
          && message.isFor(bpmnProcessId)
          && message.content().address().equals(address)) return message;
    }
    return null;
  }

  private long nextFor(String bpmnProcessId, Address address, long above) {
    return byAddress.after(address, takers -> !takers.contains(bpmnProcessId), above);
  }

  /// Whether a message with this id is kept.
  public boolean hasId(Address address, String messageId) {
    long fingerprint = fingerprintOf(address, messageId);
    for (long key = 0; (key = byId.after(fingerprint, key)) != 0; ) {
      MessageContent content = rows.get(key).content();
      if (content.messageId().equals(messageId) && content.address().equals(address)) return true;
    }
    return false;
  }

  private long fingerprintOf(Address address, String messageId) {
    long fingerprint = fingerprints.of(messageId);
    fingerprint = fingerprints.and(fingerprint, address.correlationKey());
    fingerprint = fingerprints.and(fingerprint, address.messageName());
    return fingerprints.and(fingerprint, address.tenantId());
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case MessagePublished(long key, MessageContent content) -> {
        rows.insert(key, aggregates.begin(Kind.MESSAGE, key), new Message(key, content));
        index(key);
      }
      case MessageExpired(long key, MessageContent content) -> {
        Message gone = rows.remove(key);
        aggregates.end(gone.owner());
        byAddress.remove(content.address(), gone.takers(), key);
        if (!content.messageId().isEmpty())
          byId.remove(fingerprintOf(content.address(), content.messageId()), key);
        if (content.isKept()) due.remove(content.deadlineMs(), DueIndex.Kind.MESSAGE, key);
      }
      case MessageCorrelating(_, Waiting waiting, long messageKey, _) -> {
        if (rows.has(messageKey))
          changeTakers(messageKey, message -> message.take(waiting.bpmnProcessId()));
      }
      case MessageRejected(_, Waiting waiting, long messageKey) -> {
        if (rows.has(messageKey))
          changeTakers(messageKey, message -> message.giveBack(waiting.bpmnProcessId()));
      }
      case InstanceStarted started ->
          changeTakers(
              started.messageKey(),
              message -> message.take(started.subscription().bpmnProcessId()));
      case SubscriptionCreated _, MessageCorrelated _, SubscriptionDeleted _, StartReleased _ -> {}
    }
  }

  private void changeTakers(long key, Consumer<Message> change) {
    Message message = rows.edit(key);
    byAddress.remove(message.content().address(), message.takers(), key);
    change.accept(message);
    byAddress.add(message.content().address(), message.takers(), key);
  }

  /// Has one be found that was inserted or loaded.
  public void index(long key) {
    Message message = rows.get(key);
    MessageContent content = message.content();
    byAddress.add(content.address(), message.takers(), key);
    if (!content.messageId().isEmpty())
      byId.add(fingerprintOf(content.address(), content.messageId()), key);
    if (content.isKept()) due.add(content.deadlineMs(), DueIndex.Kind.MESSAGE, key);
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    Message message = rows.get(key);
    message.content().write(out);
    out.writeInt(message.takers().size());
    message.takers().forEach(out::writeText);
  }

  public void load(Aggregate owner, StateReader in) {
    var message = new Message(owner.key(), MessageContent.read(in));
    int takers = in.readCount();
    for (int i = 0; i < takers; i++) message.take(in.readText());
    rows.load(owner.key(), owner, message);
  }
}
