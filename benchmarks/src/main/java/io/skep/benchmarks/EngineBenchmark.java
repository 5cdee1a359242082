package io.skep.benchmarks;

import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.json.JsonObject;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The engine alone: whole lives of instances, no I/O. One operation is one instance.
@State(Scope.Thread)
public class EngineBenchmark {
  /// Jobs that a worker gets at once under load.
  private static final int BATCH = 32;

  /// Instances that wait at the task before, and stay.
  @Param("0")
  int waiting;

  private final CreateProcessInstance createTask = Partition.create(Models.TASK);
  private final CreateProcessInstance createCondition = Partition.create(Models.CONDITION);
  private final ActivateJobs activate = Partition.activate(BATCH);
  private Partition tasks;
  private Partition conditions;

  @Setup(Level.Trial)
  public void prepare() {
    tasks = Partition.with(Models.task());
    conditions = Partition.with(Models.condition());
    for (int i = 0; i < waiting; i++) tasks.process(createTask);
  }

  /// Create, get the job, complete it. Jobs are handed out oldest first.
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void oneTask() {
    tasks.tick();
    for (int i = 0; i < BATCH; i++) tasks.process(createTask);
    var activated = (JobsActivated) tasks.process(activate);
    if (activated.jobs().size() != BATCH) {
      throw new IllegalStateException("There are not enough jobs: " + activated);
    }
    for (ActivatedJob job : activated.jobs()) {
      tasks.process(new CompleteJob(job.key(), JsonObject.empty()));
    }
  }

  /// Create; a condition decides; end.
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void oneCondition() {
    conditions.tick();
    for (int i = 0; i < BATCH; i++) conditions.process(createCondition);
  }
}
