package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex;
import java.util.Collection;

/// Published messages that are kept, by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class MessageTable {
  private final Aggregates aggregates;
  private final Table<Message> rows;
  private final KeyIndex<Address> byAddress;
  private final KeyIndex<Identity> byId;
  private final DueIndex due;

  public MessageTable(Journal journal, Aggregates aggregates, DueIndex due) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    byAddress = new KeyIndex<>(journal);
    byId = new KeyIndex<>(journal);
    this.due = due;
  }

  private record Identity(Address address, String messageId) {}

  /// The message, or `null` if it is not kept.
  public Message get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// Keys of the messages for an address, in the order of their publishing.
  public Collection<Long> at(Address address) {
    return byAddress.at(address);
  }

  /// Whether a message with this id is kept.
  public boolean hasId(Address address, String messageId) {
    return byId.has(new Identity(address, messageId));
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case MessagePublished(long key, MessageContent content) -> {
        rows.insert(key, aggregates.begin(Kind.MESSAGE, key), new Message(key, content));
        index(key);
      }
      case MessageExpired(long key, MessageContent content) -> {
        aggregates.end(rows.remove(key).owner());
        byAddress.remove(content.address(), key);
        if (!content.messageId().isEmpty()) byId.remove(identityOf(content), key);
        if (content.isKept()) due.remove(content.deadlineMs(), DueIndex.Kind.MESSAGE, key);
      }
      case MessageCorrelating(_, Waiting waiting, long messageKey, _) -> {
        if (rows.has(messageKey)) rows.edit(messageKey).take(waiting.bpmnProcessId());
      }
      case MessageRejected(_, Waiting waiting, long messageKey) -> {
        if (rows.has(messageKey)) rows.edit(messageKey).giveBack(waiting.bpmnProcessId());
      }
      case InstanceStarted started ->
          rows.edit(started.messageKey()).take(started.subscription().bpmnProcessId());
      case SubscriptionCreated _, MessageCorrelated _, SubscriptionDeleted _, StartReleased _ -> {}
    }
  }

  /// Has one be found that was inserted or loaded.
  public void index(long key) {
    MessageContent content = rows.get(key).content();
    byAddress.add(content.address(), key, key);
    if (!content.messageId().isEmpty()) byId.add(identityOf(content), key, key);
    if (content.isKept()) due.add(content.deadlineMs(), DueIndex.Kind.MESSAGE, key);
  }

  private static Identity identityOf(MessageContent content) {
    return new Identity(content.address(), content.messageId());
  }

  public void write(long key, StateWriter out) {
    Message message = rows.get(key);
    message.content().write(out);
    out.writeInt(message.takers.length);
    for (String taker : message.takers) out.writeText(taker);
  }

  public void load(Aggregate owner, StateReader in) {
    var message = new Message(owner.key(), MessageContent.read(in));
    message.takers = new String[in.readCount()];
    for (int i = 0; i < message.takers.length; i++) message.takers[i] = in.readText();
    rows.load(owner.key(), owner, message);
  }
}
