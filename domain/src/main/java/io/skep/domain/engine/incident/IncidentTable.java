package io.skep.domain.engine.incident;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.incident.IncidentEvent.*;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.store.StateReader;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.store.Table;

/// All unresolved incidents of the partition by key. Only [io.skep.domain.engine.State#apply] calls
/// apply.
public final class IncidentTable {
  private final Table<Incident> rows;

  public IncidentTable(Journal journal) {
    this(new Table<>(journal));
  }

  private IncidentTable(Table<Incident> rows) {
    this.rows = rows;
  }

  /// The incident, or `null` if there is none.
  public Incident get(long key) {
    return rows.get(key);
  }

  public int size() {
    return rows.size();
  }

  /// For reading only.
  public IncidentTable frozen() {
    return new IncidentTable(rows.frozen());
  }

  public void apply(IncidentEvent event) {
    switch (event) {
      case IncidentCreated created -> rows.insert(created.key(), new Incident(created));
      case IncidentResolved resolved -> rows.remove(resolved.key());
    }
  }

  public void write(long key, StateWriter out) {
    IncidentCreated incident = rows.get(key).created();
    out.writeLong(key).writeByte(incident.type().ordinal()).writeText(incident.message());
  }

  /// @return its key
  public long read(long elementInstanceKey, long jobKey, Place place, StateReader in) {
    long key = in.readLong();
    var type = IncidentType.values()[in.readByte()];
    rows.insert(
        key,
        new Incident(
            new IncidentCreated(key, type, in.readText(), elementInstanceKey, jobKey, place)));
    return key;
  }
}
