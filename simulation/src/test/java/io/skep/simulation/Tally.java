package io.skep.simulation;

import java.util.EnumMap;
import java.util.Map;

/// How often what matters has happened: a simulation in which it does not proves nothing.
final class Tally {
  private final Map<What, Long> counts = new EnumMap<>(What.class);

  enum What {
    INSTANCES_CREATED,
    JOBS_FETCHED,
    JOBS_PUSHED,
    JOBS_GIVEN_BACK,
    JOBS_TIMED_OUT,
    INCIDENTS_RAISED,
    TIMERS_FIRED,
    MESSAGES_CORRELATED,
    MESSAGES_THAT_STARTED,
    MAIL_TAKEN,
    MAIL_REPEATED,
    LEADS_WON,
    LEADS_HANDED_OVER,
    WRITES_LOST,
    SNAPSHOTS_COMPARED,
    SNAPSHOTS_INSTALLED,
    CONNECTIONS_BROKEN,
    FULL_DISKS_SEEN
  }

  void count(What what) {
    count(what, 1);
  }

  void count(What what, long times) {
    counts.merge(what, times, Long::sum);
  }

  void add(Tally other) {
    other.counts.forEach(this::count);
  }

  long of(What what) {
    return counts.getOrDefault(what, 0L);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
