package io.skep.domain.engine.outbox;

import io.skep.domain.engine.outbox.OutboxEvent.*;
import io.skep.domain.engine.store.CommandWriter;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import java.util.SortedMap;
import java.util.TreeMap;

/// Messages to and from other partitions, by the other partition. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class MailboxTable {
  private static final Mailbox EMPTY = new Mailbox();

  private final Table<Mailbox> rows;

  public MailboxTable(Journal journal) {
    this(new Table<>(journal));
  }

  private MailboxTable(Table<Mailbox> rows) {
    this.rows = rows;
  }

  /// For reading only. Empty if there was never anything.
  public Mailbox get(int partitionId) {
    Mailbox mailbox = rows.get(partitionId);
    return mailbox == null ? EMPTY : mailbox;
  }

  public void apply(OutboxEvent event) {
    switch (event) {
      case MessageSent(_, int toPartition, _, var message) -> edit(toPartition).send(message);
      case MessagesAcknowledged(_, int toPartition, long upToNumber) ->
          edit(toPartition).acknowledge(upToNumber);
      case MessageReceived(_, int fromPartition, long number) ->
          edit(fromPartition).lastReceived = number;
    }
  }

  private Mailbox edit(int partitionId) {
    if (!rows.has(partitionId)) rows.insert(partitionId, new Mailbox());
    return rows.edit(partitionId);
  }

  /// All as they are now, between two turns: later turns copy what they change.
  public Frozen freeze() {
    var frozen = new TreeMap<Long, Mailbox>();
    for (long partitionId : rows.sortedKeys()) frozen.put(partitionId, rows.get(partitionId));
    return new Frozen(frozen);
  }

  /// Mailboxes as they were. Fit for another thread.
  public record Frozen(SortedMap<Long, Mailbox> byPartition) {

    public void write(StateWriter out) {
      out.writeInt(byPartition.size());
      byPartition.forEach((partitionId, mailbox) -> write(partitionId, mailbox, out));
    }

    private static void write(long partitionId, Mailbox mailbox, StateWriter out) {
      out.writeLong(partitionId)
          .writeLong(mailbox.lastSent)
          .writeLong(mailbox.lastReceived)
          .writeInt(mailbox.unacknowledgedCount());
      for (int m = 0; m < mailbox.unacknowledgedCount(); m++)
        CommandWriter.write(mailbox.unacknowledged(m), out);
    }
  }

  public void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      var mailbox = new Mailbox();
      rows.insert(in.readLong(), mailbox);
      mailbox.lastSent = in.readLong();
      mailbox.lastReceived = in.readLong();
      int messages = in.readCount();
      for (int m = 0; m < messages; m++) mailbox.add(CommandWriter.read(in));
    }
  }
}
