package io.skep.domain.engine.incident;

import io.skep.domain.engine.store.Row;

/// An element instance that cannot go on without help. Never changes.
public final class Incident extends Row {
  private final IncidentEvent.IncidentCreated created;

  Incident(IncidentEvent.IncidentCreated created) {
    this.created = created;
  }

  @Override
  protected Incident copy() {
    return new Incident(created);
  }

  public IncidentEvent.IncidentCreated created() {
    return created;
  }
}
