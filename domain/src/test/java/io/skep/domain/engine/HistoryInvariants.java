package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.element.ElementEvent.ElementActivating;
import io.skep.domain.engine.element.ElementEvent.FlowTaken;
import io.skep.domain.engine.incident.IncidentEvent.IncidentCreated;
import io.skep.domain.engine.instance.InstanceEvent.InstanceCreated;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.timer.TimerEvent.TimerCreated;
import io.skep.domain.engine.variable.VariableEvent.VariableCreated;
import io.skep.domain.engine.variable.VariableEvent.VariablesSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold of the events of a partition as a whole.
public final class HistoryInvariants {
  private final int partitionId;
  private final Set<Long> keys = new HashSet<>();

  private final Set<Long> commands = new HashSet<>();
  private long lastPosition;

  /// Until when a worker has each job.
  private final Map<Long, Long> deadlines = new HashMap<>();

  public HistoryInvariants(int partitionId) {
    this.partitionId = partitionId;
  }

  /// Every record but a command from outside names the command that caused it.
  public void check(List<Record> records) {
    for (Record record : records) {
      assertTrue(record.position() > lastPosition, () -> "a position that came twice: " + record);
      lastPosition = record.position();
      long source = record.sourcePosition();
      if (source != -1 || record.content() instanceof Event) {
        assertTrue(commands.contains(source), () -> "not caused by a command: " + record);
      }
      if (record.content() instanceof Command) commands.add(record.position());
    }
  }

  public void check(Event event, long nowMs) {
    switch (event) {
      case ElementActivating _,
          FlowTaken _,
          IncidentCreated _,
          InstanceCreated _,
          JobEvent.JobCreated _,
          TimerCreated _,
          MessageEvent.MessagePublished _,
          MessageEvent.SubscriptionCreated _,
          ProcessSubscriptionEvent.SubscriptionOpening _,
          SignalEvent.SubscriptionCreated _,
          DeploymentEvent.StartSubscriptionOpened _,
          DeploymentEvent.ResourceDeleted _,
          VariableCreated _,
          VariablesSet _,
          DeploymentEvent.ResourcesDeployed _ ->
          checkKey(event);
      case DeploymentEvent.ProcessDeployed deployed
          when Routing.ofKey(deployed.key()) == partitionId ->
          checkKey(event);
      default -> {}
    }
    if (event instanceof JobEvent job) check(job, nowMs);
  }

  private void checkKey(Event event) {
    assertEquals(partitionId, Routing.ofKey(event.key()), event::toString);
    assertTrue(keys.add(event.key()), () -> "a key that came twice: " + event);
  }

  private void check(JobEvent event, long nowMs) {
    switch (event) {
      case JobEvent.JobActivated(var job, _, long deadlineMs) -> {
        Long held = deadlines.put(job.key(), deadlineMs);
        assertTrue(
            held == null,
            () ->
                "job " + job.key() + " is held until " + held + ", but at " + nowMs + ": " + event);
      }
      case JobEvent.JobTimeoutUpdated(var job, long deadlineMs) ->
          deadlines.put(job.key(), deadlineMs);
      case JobEvent.JobTimedOut(var job) ->
          assertTrue(
              deadlines.remove(job.key()) <= nowMs,
              () -> "a job timed out before its time: " + job.key());
      case JobEvent.JobFailed _,
          JobEvent.JobYielded _,
          JobEvent.JobErrorThrown _,
          JobEvent.JobCompleted _,
          JobEvent.JobCanceled _ ->
          deadlines.remove(event.key());
      case JobEvent.JobCreated _,
          JobEvent.JobRecurred _,
          JobEvent.JobBlocked _,
          JobEvent.JobRetriesUpdated _ -> {}
    }
  }
}
