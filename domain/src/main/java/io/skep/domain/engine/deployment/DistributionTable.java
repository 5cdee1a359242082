package io.skep.domain.engine.deployment;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.deployment.DeploymentEvent.*;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.timer.DueIndex;
import io.skep.domain.engine.timer.DueIndex.Kind;
import java.util.ArrayList;

/// Deployments and deletions that wait for other partitions, by their keys. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class DistributionTable {
  private final Table<Distribution> rows;
  private final DueIndex due;

  public DistributionTable(Journal journal, DueIndex due) {
    this(new Table<>(journal), due);
  }

  private DistributionTable(Table<Distribution> rows, DueIndex due) {
    this.rows = rows;
    this.due = due;
  }

  /// The deployment, or `null` if it waits for nobody.
  public Distribution get(long deploymentKey) {
    return rows.get(deploymentKey);
  }

  /// Keys of all that wait, ascending.
  public long[] sortedKeys() {
    return rows.sortedKeys();
  }

  public void apply(DeploymentEvent event) {
    switch (event) {
      case DistributionStarted started ->
          insert(new Distribution(started, started.messages().clone()));
      case DistributionAcknowledged(long key, int partitionId) ->
          rows.edit(key).outstanding[partitionId] = 0;
      case DistributionEnded(long key) -> {
        Distribution ended = rows.remove(key);
        due.remove(ended.started().answerAtMs(), Kind.DEPLOYMENT, key);
      }
      case ProcessDeployed _,
          ProcessDeleted _,
          ResourcesDeployed _,
          ResourceDeleted _,
          StartSubscriptionOpened _,
          StartSubscriptionClosed _ -> {}
    }
  }

  private void insert(Distribution distribution) {
    DistributionStarted started = distribution.started();
    rows.insert(started.key(), distribution);
    due.add(started.answerAtMs(), Kind.DEPLOYMENT, started.key());
  }

  public void write(StateWriter out) {
    out.writeInt(rows.size());
    for (long key : rows.sortedKeys()) {
      Distribution distribution = rows.get(key);
      DistributionStarted started = distribution.started();
      out.writeLong(key).writeLong(started.request());
      write(started.answer(), out);
      out.writeInt(started.messages().length);
      for (long number : started.messages()) out.writeLong(number);
      for (long number : distribution.outstanding) out.writeLong(number);
      out.writeLong(started.answerAtMs());
    }
  }

  public void read(StateReader in) {
    int count = in.readCount();
    for (int i = 0; i < count; i++) {
      long key = in.readLong();
      long request = in.readLong();
      Answer answer = readAnswer(key, in);
      int partitions = in.readCount();
      long[] messages = readNumbers(in, partitions);
      long[] outstanding = readNumbers(in, partitions);
      insert(
          new Distribution(
              new DistributionStarted(key, request, answer, messages, in.readLong()), outstanding));
    }
  }

  private static void write(Answer answer, StateWriter out) {
    out.writeBoolean(answer instanceof Answer.ResourcesDeployed);
    if (!(answer instanceof Answer.ResourcesDeployed(_, var processes, String tenantId))) return;
    out.writeInt(processes.size());
    processes.forEach(process -> process.write(out));
    out.writeText(tenantId);
  }

  private static Answer readAnswer(long key, StateReader in) {
    if (!in.readBoolean()) return new Answer.Done(key);
    int count = in.readCount();
    var processes = new ArrayList<DeployedProcess>(count);
    for (int i = 0; i < count; i++) processes.add(DeployedProcess.read(in));
    return new Answer.ResourcesDeployed(key, processes, in.readText());
  }

  private static long[] readNumbers(StateReader in, int count) {
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) numbers[i] = in.readLong();
    return numbers;
  }
}
