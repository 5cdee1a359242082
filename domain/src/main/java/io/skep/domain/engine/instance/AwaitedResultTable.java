package io.skep.domain.engine.instance;

import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.instance.InstanceEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import java.util.ArrayList;

/// Who waits for which process instance, by its key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class AwaitedResultTable {
  private final Aggregates aggregates;
  private final Table<AwaitedResult> rows;

  public AwaitedResultTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
  }

  /// Who waits, or `null` if nobody does.
  public AwaitedResult get(long processInstanceKey) {
    return rows.get(processInstanceKey);
  }

  public int size() {
    return rows.size();
  }

  public void apply(InstanceEvent event) {
    switch (event) {
      case ResultAwaited(long key, long request, var fetchVariables) ->
          rows.insert(key, aggregates.ofInstance(key), new AwaitedResult(request, fetchVariables));
      case ResultGiven(long key) -> rows.remove(key);
      case InstanceCreated _ -> {}
    }
  }

  /// Whoever waits for an instance that was cancelled waits in vain: clients see their request time
  /// out.
  public void apply(ElementEvent.ElementTerminated terminated) {
    if (terminated.place().scopeKey() == 0) rows.remove(terminated.key());
  }

  public void forget(long processInstanceKey) {
    rows.forget(processInstanceKey);
  }

  public void write(long processInstanceKey, StateWriter out) {
    AwaitedResult result = rows.get(processInstanceKey);
    out.writeBoolean(result != null);
    if (result == null) return;
    out.writeLong(result.request()).writeInt(result.fetchVariables().size());
    result.fetchVariables().forEach(out::writeText);
  }

  public void load(long processInstanceKey, Aggregate owner, StateReader in) {
    if (!in.readBoolean()) return;
    long request = in.readLong();
    int count = in.readCount();
    var names = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) names.add(in.readText());
    rows.load(processInstanceKey, owner, new AwaitedResult(request, names));
  }
}
