package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skep.domain.Seeds;
import io.skep.domain.cluster.Destination.Any;
import io.skep.domain.cluster.Destination.Fixed;
import io.skep.domain.engine.Command;
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
import org.junit.jupiter.api.Test;

class DestinationTest {
  private static final JsonObject NONE = JsonObject.empty();

  @Test
  void shouldSendWhatHasAKeyWhereTheKeyWasMade() {
    Seeds.of(
        1_000,
        random -> {
          // given
          int partition = 1 + random.nextInt(Routing.MAX_PARTITIONS);
          long key = Routing.key(partition, random.nextLong(1L << 51));

          // then
          for (var command : commandsAbout(key)) {
            assertEquals(new Fixed(partition), Destination.of(command), command::toString);
          }
        });
  }

  private static List<Command> commandsAbout(long key) {
    return List.of(
        new CancelProcessInstance(key),
        new CompleteJob(key, NONE),
        new FailJob(key, 1, 0, "", NONE),
        new ThrowError(key, "code", "", NONE),
        new UpdateJobRetries(key, 1),
        new UpdateJobTimeout(key, 1),
        new YieldJobs(List.of(new Activation(key, 1))),
        new ResolveIncident(key),
        new SetVariables(key, NONE, false));
  }

  @Test
  void shouldDeployOnTheFirstPartition() {
    assertEquals(new Fixed(1), Destination.of(new DeployResources(List.of(), "<default>")));
  }

  @Test
  void shouldCreateInstancesAnywhere() {
    assertEquals(
        new Any(),
        Destination.of(new CreateProcessInstance("order", -1, 0, NONE, null, "<default>")));
  }

  @Test
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
