package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex;
import io.skep.domain.engine.timer.DueIndex.Kind;
import java.util.Collection;

/// Published messages that are kept, by key. Only [io.skep.domain.engine.State#apply] calls apply.
public final class MessageTable {
  private final Table<Message> rows;
  private final KeyIndex<Address> byAddress;
  private final KeyIndex<Identity> byId;
  private final DueIndex due;

  public MessageTable(Journal journal, DueIndex due) {
    this(new Table<>(journal), new KeyIndex<>(journal), new KeyIndex<>(journal), due);
  }

  private MessageTable(
      Table<Message> rows, KeyIndex<Address> byAddress, KeyIndex<Identity> byId, DueIndex due) {
    this.rows = rows;
    this.byAddress = byAddress;
    this.byId = byId;
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

  public long[] sortedKeys() {
    return rows.sortedKeys();
  }

  /// For reading only, and only by key.
  public MessageTable frozen() {
    return new MessageTable(rows.frozen(), null, null, null);
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case MessagePublished(long key, MessageContent content) -> insert(new Message(key, content));
      case MessageExpired(long key, MessageContent content) -> {
        rows.remove(key);
        byAddress.remove(content.address(), key);
        if (!content.messageId().isEmpty()) byId.remove(identityOf(content), key);
        if (content.isKept()) due.remove(content.deadlineMs(), Kind.MESSAGE, key);
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

  private void insert(Message message) {
    MessageContent content = message.content();
    rows.insert(message.key(), message);
    byAddress.add(content.address(), message.key(), message.key());
    if (!content.messageId().isEmpty()) byId.add(identityOf(content), message.key(), message.key());
    if (content.isKept()) due.add(content.deadlineMs(), Kind.MESSAGE, message.key());
  }

  private static Identity identityOf(MessageContent content) {
    return new Identity(content.address(), content.messageId());
  }

  public void write(long key, StateWriter out) {
    Message message = rows.get(key);
    out.writeLong(key);
    message.content().write(out);
    out.writeInt(message.takers.length);
    for (String taker : message.takers) out.writeText(taker);
  }

  /// Reads what was written, in the order of the keys.
  public void read(StateReader in) {
    var message = new Message(in.readLong(), MessageContent.read(in));
    message.takers = new String[in.readCount()];
    for (int i = 0; i < message.takers.length; i++) message.takers[i] = in.readText();
    insert(message);
  }
}
