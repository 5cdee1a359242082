package io.skep.domain.engine.variable;

import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;
import io.skep.domain.engine.variable.VariableEvent.*;

/// The variables of each scope that has any, by the key of its element instance. Only
/// [io.skep.domain.engine.State#apply] calls apply.
public final class VariableTable {
  private final Aggregates aggregates;
  private final Table<VariableScope> rows;

  public VariableTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
  }

  /// The variables of a scope, or `null` if it has none.
  public VariableScope get(long scopeKey) {
    return rows.get(scopeKey);
  }

  public int size() {
    return rows.size();
  }

  public void apply(VariableEvent event) {
    switch (event) {
      case VariableCreated created -> {
        long scopeKey = created.scopeKey();
        if (!rows.has(scopeKey)) {
          Aggregate owner = aggregates.ofInstance(created.processInstanceKey());
          rows.insert(scopeKey, owner, new VariableScope());
        }
        rows.edit(scopeKey).add(created.key(), created.document(), created.member());
      }
      case VariableUpdated updated -> {
        VariableScope scope = rows.edit(updated.scopeKey());
        scope.set(scope.indexOf(updated.name()), updated.value());
      }
      case VariablesSet _ -> {}
    }
  }

  /// Variables end with their scope.
  public void apply(ElementEvent event) {
    switch (event) {
      case ElementEvent.ElementCompleted completed -> rows.remove(completed.key());
      case ElementEvent.ElementTerminated terminated -> rows.remove(terminated.key());
      case ElementEvent.ElementActivating _,
          ElementEvent.ElementActivated _,
          ElementEvent.ElementCompleting _,
          ElementEvent.ElementTerminating _,
          ElementEvent.FlowTaken _,
          ElementEvent.TokensSpent _,
          ElementEvent.EventTriggered _,
          ElementEvent.FollowUpsLeft _,
          ElementEvent.FollowUpsTaken _ -> {}
    }
  }

  public void forget(long scopeKey) {
    rows.forget(scopeKey);
  }

  public void write(long scopeKey, StateWriter out) {
    VariableScope scope = rows.get(scopeKey);
    int size = scope == null ? 0 : scope.size();
    out.writeInt(size);
    for (int i = 0; i < size; i++)
      out.writeLong(scope.key(i)).writeText(scope.name(i)).writeBytes(scope.value(i));
  }

  public void load(long scopeKey, Aggregate owner, StateReader in) {
    int size = in.readCount();
    if (size == 0) return;
    var scope = new VariableScope();
    rows.load(scopeKey, owner, scope);
    for (int i = 0; i < size; i++) scope.add(in.readLong(), in.readText(), in.readBytes());
  }
}
