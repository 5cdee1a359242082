package io.skep.domain.engine.incident;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent.*;
import io.skep.domain.engine.store.Aggregate;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;

/// All unresolved incidents of the partition by key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class IncidentTable {
  private final Aggregates aggregates;
  private final Table<Incident> rows;

  public IncidentTable(Journal journal, Aggregates aggregates) {
    this.aggregates = aggregates;
    rows = new Table<>(journal, aggregates);
  }

  /// The incident, or `null` if there is none.
  public Incident get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  public void apply(IncidentEvent event) {
    switch (event) {
      case IncidentCreated created ->
          rows.insert(
              created.key(),
              aggregates.ofInstance(created.place().processInstanceKey()),
              new Incident(created));
      case IncidentResolved resolved -> rows.remove(resolved.key());
    }
  }

  public void forget(long key) {
    rows.forget(key);
  }

  public void write(long key, StateWriter out) {
    IncidentCreated incident = rows.get(key).created();
    out.writeLong(key).writeByte(incident.type().ordinal()).writeText(incident.message());
  }

  /// @return its key
  public long load(
      long elementInstanceKey, long jobKey, Place place, Aggregate owner, StateReader in) {
    long key = in.readLong();
    var type = IncidentType.values()[in.readByte()];
    rows.load(
        key,
        owner,
        new Incident(
            new IncidentCreated(key, type, in.readText(), elementInstanceKey, jobKey, place)));
    return key;
  }
}
