package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.domain.cluster.Destination.Any;
import io.skep.domain.cluster.Destination.Fixed;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.FailJob;
import io.skep.domain.engine.job.JobCommand.ThrowError;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.job.JobCommand.UpdateJobTimeout;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.json.JsonObject;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DestinationTest {
  private static final JsonObject NONE = JsonObject.empty();

  @Property
  void shouldSendWhatHasAKeyWhereTheKeyWasMade(
      @ForAll @IntRange(min = 1, max = 4095) int partition,
      @ForAll @LongRange(min = 0, max = (1L << 51) - 1) long counter) {
    // given
    long key = Routing.key(partition, counter);
    var commands =
        List.of(
            new CancelProcessInstance(key),
            new CompleteJob(key, NONE),
            new FailJob(key, 1, 0, "", NONE),
            new ThrowError(key, "code", "", NONE),
            new UpdateJobRetries(key, 1),
            new UpdateJobTimeout(key, 1),
            new YieldJobs(List.of(new Activation(key, 1))),
            new ResolveIncident(key),
            new SetVariables(key, NONE, false));

    // then
    for (var command : commands) {
      assertEquals(new Fixed(partition), Destination.of(command), command::toString);
    }
  }

  @Example
  void shouldDeployOnTheFirstPartition() {
    assertEquals(new Fixed(1), Destination.of(new DeployResources(List.of(), "<default>")));
  }

  @Example
  void shouldCreateInstancesAnywhere() {
    assertEquals(
        new Any(),
        Destination.of(new CreateProcessInstance("order", -1, 0, NONE, null, "<default>")));
  }

  @Example
  void shouldRefuseWhatIsNotForOnePartition() {
    var commands =
        List.of(
            new ActivateJobs("work", "w", 1, 1, List.of(), List.of(), 1),
            new YieldJobs(List.of()),
            new TriggerDue(),
            new DistributeDeployment(1, List.of()));
    for (var command : commands) {
      assertThrows(
          IllegalArgumentException.class, () -> Destination.of(command), command::toString);
    }
  }
}
