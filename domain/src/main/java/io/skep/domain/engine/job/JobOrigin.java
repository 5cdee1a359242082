package io.skep.domain.engine.job;

import io.skep.domain.engine.element.Place;
import io.skep.domain.engine.element.task.JobTask;

/// What never changes of a job.
///
/// @param key of the job
/// @param place of the element instance that waits for it
public record JobOrigin(long key, String type, Place place) {

  public long elementInstanceKey() {
    return place.key();
  }

  public JobTask task() {
    return (JobTask) place.element();
  }
}
