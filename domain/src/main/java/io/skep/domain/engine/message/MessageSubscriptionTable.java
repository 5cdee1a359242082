package io.skep.domain.engine.message;

import io.skep.domain.engine.message.MessageEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregate.Kind;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.KeyMap;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who waits for messages whose correlation key is of this partition. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class MessageSubscriptionTable {
  private final Aggregates aggregates;

  /// By the key that this partition has given.
  private final Table<MessageSubscription> rows;

  /// That key by the one that the instance's partition has given.
  private final KeyMap keys;

  /// Those that are free to take a message, by process, in the order in which they were opened.
  private final AddressIndex<String> byAddress;

  public MessageSubscriptionTable(
      Journal journal, Aggregates aggregates, Fingerprints fingerprints) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
    keys = new KeyMap(journal);
    byAddress = new AddressIndex<>(journal, fingerprints);
  }

  /// The subscription, or `null` if there is none.
  ///
  /// @param subscriptionKey given by the partition of the instance
  public MessageSubscription get(long subscriptionKey) {
    long key = keys.get(subscriptionKey);
    return key == 0 ? null : rows.get(key);
  }

  /// How many are in memory.
  public int size() {
    return rows.size();
  }

  /// How many there are.
  public long count() {
    return keys.size();
  }

  /// How many are free to take a message.
  public int freeCount() {
    return byAddress.size();
  }

  /// Who is free to take a message: of each process the one that has waited longest, those first
  /// that have waited longer than others.
  public List<MessageSubscription> free(Address address) {
    var free = new ArrayList<MessageSubscription>();
    for (String process : byAddress.marks(address)) {
      MessageSubscription longest = free(address, process);
      if (longest != null) free.add(longest);
    }
    free.sort(Comparator.comparingLong(MessageSubscription::key));
    return free;
  }

  /// Who of a process is free to take a message and has waited longest, `null` if nobody is.
  public MessageSubscription free(Address address, String bpmnProcessId) {
    for (long key = 0; (key = byAddress.after(address, bpmnProcessId::equals, key)) != 0; ) {
      MessageSubscription subscription = rows.get(key);
      Waiting waiting = subscription.waiting();
      if (waiting.bpmnProcessId().equals(bpmnProcessId) && waiting.address().equals(address))
        return subscription;
    }
    return null;
  }

  public void apply(MessageEvent event) {
    switch (event) {
      case SubscriptionCreated(long key, Waiting waiting) -> {
        rows.insert(
            key,
            aggregates.begin(Kind.MESSAGE_SUBSCRIPTION, key),
            new MessageSubscription(key, waiting));
        index(key);
      }
      case MessageCorrelating(long key, Waiting waiting, long messageKey, JsonObject variables) -> {
        setMessage(key, messageKey, variables);
        unindex(waiting, key);
      }
      case MessageCorrelated(long key, Waiting waiting, _) -> {
        if (waiting.interrupting() || rows.get(key).closing) {
          remove(key);
        } else {
          setMessage(key, 0, null);
          byAddress.add(waiting.address(), waiting.bpmnProcessId(), key);
        }
      }
      case MessageRejected(long key, _, _) -> remove(key);
      case SubscriptionDeleted(long key, Waiting waiting) -> {
        if (rows.get(key).isFree()) {
          unindex(waiting, key);
          remove(key);
        } else {
          rows.edit(key).closing = true;
        }
      }
      case MessagePublished _, MessageExpired _, InstanceStarted _, StartReleased _ -> {}
    }
  }

  private void setMessage(long key, long messageKey, JsonObject variables) {
    MessageSubscription row = rows.edit(key);
    row.messageKey = messageKey;
    row.variables = variables;
  }

  private void unindex(Waiting waiting, long key) {
    byAddress.remove(waiting.address(), waiting.bpmnProcessId(), key);
  }

  private void remove(long key) {
    MessageSubscription gone = rows.remove(key);
    aggregates.end(gone.owner());
    keys.remove(gone.waiting().subscriptionKey());
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    MessageSubscription row = rows.get(key);
    row.waiting().write(out);
    out.writeLong(row.messageKey).writeBoolean(row.closing);
    if (row.messageKey != 0) out.writeBytes(row.variables.text());
  }

  public void load(Aggregate owner, StateReader in) {
    var row = new MessageSubscription(owner.key(), Waiting.read(in));
    row.messageKey = in.readLong();
    row.closing = in.readBoolean();
    if (row.messageKey != 0) row.variables = JsonObject.ofCanonical(in.readBytes());
    rows.load(owner.key(), owner, row);
  }

  /// Has one be found that was inserted or loaded.
  public void index(long key) {
    MessageSubscription row = rows.get(key);
    Waiting waiting = row.waiting();
    keys.put(waiting.subscriptionKey(), key);
    if (row.isFree()) byAddress.add(waiting.address(), waiting.bpmnProcessId(), key);
  }
}
