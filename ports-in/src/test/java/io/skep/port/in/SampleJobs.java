package io.skep.port.in;

import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.json.JsonObject;

/// Jobs of the type `work`, as partitions hand them out.
final class SampleJobs {
  static final long DEADLINE_MS = 1_000;

  private SampleJobs() {}

  static ActivatedJob job(long key) {
    return new ActivatedJob(
        key,
        "work",
        2,
        "order",
        1,
        3,
        "task",
        4,
        JsonObject.empty(),
        "w",
        3,
        DEADLINE_MS,
        JsonObject.empty(),
        "<default>");
  }
}
