package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyIndex;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.json.JsonObject;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/// Who waits for messages whose correlation key is of this partition, by the key that the
/// instance's partition has given. Only [io.skep.domain.engine.State#apply] calls apply.
public final class MessageSubscriptionTable {
  private final Table<MessageSubscription> rows;

  /// Those that are not closing, in the order in which they were opened.
  private final KeyIndex<Address> byAddress;

  public MessageSubscriptionTable(Journal journal) {
    this(new Table<>(journal), new KeyIndex<>(journal));
  }

  private MessageSubscriptionTable(Table<MessageSubscription> rows, KeyIndex<Address> byAddress) {
    this.rows = rows;
    this.byAddress = byAddress;
  }

  /// The subscription, or `null` if there is none.
  public MessageSubscription get(long subscriptionKey) {
    return rows.get(subscriptionKey);
  }

  public int size() {
    return rows.size();
  }

  /// Who waits for a message, the one that has waited longest first.
  public Collection<Long> at(Address address) {
    return byAddress.at(address);
  }

  /// In the order in which they were opened.
  public long[] keys() {
    return Arrays.stream(rows.sortedKeys())
        .mapToObj(rows::get)
        .sorted(Comparator.comparingLong(MessageSubscription::key))
        .mapToLong(row -> row.waiting().subscriptionKey())
        .toArray();
  }

  /// For reading only, and only by key.
  public MessageSubscriptionTable frozen() {
    return new MessageSubscriptionTable(rows.frozen(), null);
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case SubscriptionCreated(long key, Waiting waiting) -> {
        rows.insert(waiting.subscriptionKey(), new MessageSubscription(key, waiting));
        byAddress.add(waiting.address(), key, waiting.subscriptionKey());
      }
      case MessageCorrelating(_, Waiting waiting, long messageKey, JsonObject variables) ->
          setMessage(waiting, messageKey, variables);
      case MessageCorrelated(_, Waiting waiting, _) -> {
        if (waiting.interrupting() || rows.get(waiting.subscriptionKey()).closing) remove(waiting);
        else setMessage(waiting, 0, null);
      }
      case MessageRejected(_, Waiting waiting, _) -> remove(waiting);
      case SubscriptionDeleted(_, Waiting waiting) -> {
        if (rows.get(waiting.subscriptionKey()).messageKey() == 0) {
          remove(waiting);
        } else {
          MessageSubscription closing = rows.edit(waiting.subscriptionKey());
          closing.closing = true;
          byAddress.remove(waiting.address(), closing.key());
        }
      }
      case MessagePublished _, MessageExpired _, InstanceStarted _, StartReleased _ -> {}
    }
  }

  private void setMessage(Waiting waiting, long messageKey, JsonObject variables) {
    MessageSubscription row = rows.edit(waiting.subscriptionKey());
    row.messageKey = messageKey;
    row.variables = variables;
  }

  private void remove(Waiting waiting) {
    MessageSubscription gone = rows.remove(waiting.subscriptionKey());
    if (!gone.closing) byAddress.remove(waiting.address(), gone.key());
  }

  public void write(long subscriptionKey, StateWriter out) {
    MessageSubscription row = rows.get(subscriptionKey);
    out.writeLong(row.key());
    row.waiting().write(out);
    out.writeLong(row.messageKey).writeBoolean(row.closing);
    if (row.messageKey != 0) out.writeBytes(row.variables.text());
  }

  /// Reads what was written, in the order of [#keys].
  public void read(StateReader in) {
    var row = new MessageSubscription(in.readLong(), Waiting.read(in));
    row.messageKey = in.readLong();
    row.closing = in.readBoolean();
    if (row.messageKey != 0) row.variables = JsonObject.ofCanonical(in.readBytes());
    rows.insert(row.waiting().subscriptionKey(), row);
    if (!row.closing)
      byAddress.add(row.waiting().address(), row.key(), row.waiting().subscriptionKey());
  }
}
