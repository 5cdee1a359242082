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
import io.skep.domain.json.JsonObject;
import java.util.Collection;

/// Who waits for messages whose correlation key is of this partition, by the key that the
/// instance's partition has given. Only [io.skep.domain.engine.State#apply] calls apply.
public final class MessageSubscriptionTable {
  private final Aggregates aggregates;
  private final Table<MessageSubscription> rows;

  /// Those that are not closing, in the order in which they were opened.
  private final KeyIndex<Address> byAddress;

  public MessageSubscriptionTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    byAddress = new KeyIndex<>(journal);
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

  public void apply(MessageEvent event) {
    switch (event) {
      case SubscriptionCreated(long key, Waiting waiting) -> {
        long subscriptionKey = waiting.subscriptionKey();
        rows.insert(
            subscriptionKey,
            aggregates.begin(Kind.MESSAGE_SUBSCRIPTION, subscriptionKey),
            new MessageSubscription(key, waiting));
        index(subscriptionKey);
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
    aggregates.end(gone.owner());
    if (!gone.closing) byAddress.remove(waiting.address(), gone.key());
  }

  public void write(long subscriptionKey, StateWriter out) {
    MessageSubscription row = rows.get(subscriptionKey);
    out.writeLong(row.key());
    row.waiting().write(out);
    out.writeLong(row.messageKey).writeBoolean(row.closing);
    if (row.messageKey != 0) out.writeBytes(row.variables.text());
  }

  public void load(Aggregate owner, StateReader in) {
    var row = new MessageSubscription(in.readLong(), Waiting.read(in));
    row.messageKey = in.readLong();
    row.closing = in.readBoolean();
    if (row.messageKey != 0) row.variables = JsonObject.ofCanonical(in.readBytes());
    rows.load(owner.key(), owner, row);
  }

  /// Has one be found that was inserted or loaded.
  public void index(long subscriptionKey) {
    MessageSubscription row = rows.get(subscriptionKey);
    if (!row.closing) byAddress.add(row.waiting().address(), row.key(), subscriptionKey);
  }
}
