package io.skep.domain.engine.store;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeletion;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.element.ElementCommand.*;
import io.skep.domain.engine.message.MessageCommand.*;
import io.skep.domain.engine.message.Waiting;
import io.skep.domain.engine.signal.SignalCommand.DistributeSignal;
import io.skep.domain.engine.signal.SignalCommand.ReachListeners;
import io.skep.domain.json.JsonObject;
import java.util.ArrayList;

/// Writes those commands that can be part of the state: follow-ups that were left, and messages for
/// other partitions.
public final class CommandWriter {
  private static final int ACTIVATE = 1;
  private static final int COMPLETE = 2;
  private static final int TERMINATE = 3;
  private static final int RESUME = 4;
  private static final int DISTRIBUTE = 5;
  private static final int ENTER_EVENT = 6;
  private static final int DISTRIBUTE_DELETION = 7;
  private static final int OPEN_SUBSCRIPTION = 8;
  private static final int CLOSE_SUBSCRIPTION = 9;
  private static final int ACCEPT_MESSAGE = 10;
  private static final int REJECT_MESSAGE = 11;
  private static final int CONFIRM_SUBSCRIPTION = 12;
  private static final int CORRELATE_MESSAGE = 13;
  private static final int START_NEXT = 14;
  private static final int DISTRIBUTE_SIGNAL = 15;
  private static final int REACH_LISTENERS = 16;

  private CommandWriter() {}

  /// @throws IllegalArgumentException for a command that is never part of the state: a bug
  public static void write(Command command, StateWriter out) {
    switch (command) {
      case ActivateElement(long scopeKey, int element, int flow) ->
          out.writeByte(ACTIVATE).writeLong(scopeKey).writeInt(element).writeInt(flow);
      case CompleteElement(long key, JsonObject variables) ->
          out.writeByte(COMPLETE).writeLong(key).writeBytes(variables.text());
      case TerminateElement(long key) -> out.writeByte(TERMINATE).writeLong(key);
      case ResumeElement(long key) -> out.writeByte(RESUME).writeLong(key);
      case DistributeDeployment(long deploymentKey, var processes) -> {
        out.writeByte(DISTRIBUTE).writeLong(deploymentKey).writeInt(processes.size());
        processes.forEach(process -> process.write(out));
      }
      case EnterEvent(long scopeKey, int event, JsonObject variables) ->
          out.writeByte(ENTER_EVENT)
              .writeLong(scopeKey)
              .writeInt(event)
              .writeBytes(variables.text());
      case DistributeDeletion(long key) -> out.writeByte(DISTRIBUTE_DELETION).writeLong(key);
      case OpenSubscription(Waiting waiting) -> waiting.write(out.writeByte(OPEN_SUBSCRIPTION));
      case CloseSubscription(long key) -> out.writeByte(CLOSE_SUBSCRIPTION).writeLong(key);
      case AcceptMessage(long key, long messageKey) ->
          out.writeByte(ACCEPT_MESSAGE).writeLong(key).writeLong(messageKey);
      case RejectMessage(long key, long messageKey) ->
          out.writeByte(REJECT_MESSAGE).writeLong(key).writeLong(messageKey);
      case ConfirmSubscription(long key, int partitionId) ->
          out.writeByte(CONFIRM_SUBSCRIPTION).writeLong(key).writeInt(partitionId);
      case CorrelateMessage(long key, long messageKey, JsonObject variables) ->
          out.writeByte(CORRELATE_MESSAGE)
              .writeLong(key)
              .writeLong(messageKey)
              .writeBytes(variables.text());
      case StartNext(String processId, String correlationKey, String tenantId) ->
          out.writeByte(START_NEXT)
              .writeText(processId)
              .writeText(correlationKey)
              .writeText(tenantId);
      case DistributeSignal(long key, String name, JsonObject variables, String tenantId) ->
          out.writeByte(DISTRIBUTE_SIGNAL)
              .writeLong(key)
              .writeText(name)
              .writeBytes(variables.text())
              .writeText(tenantId);
      case ReachListeners reach ->
          out.writeByte(REACH_LISTENERS)
              .writeText(reach.name())
              .writeBytes(reach.variables().text())
              .writeText(reach.tenantId())
              .writeLong(reach.afterKey())
              .writeLong(reach.upToKey());
      default ->
          throw new IllegalArgumentException(
              "Expected a command that can be kept, but it is %s".formatted(command));
    }
  }

  public static Command read(StateReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case ACTIVATE -> new ActivateElement(in.readLong(), in.readInt(), in.readInt());
      case COMPLETE -> new CompleteElement(in.readLong(), readObject(in));
      case TERMINATE -> new TerminateElement(in.readLong());
      case RESUME -> new ResumeElement(in.readLong());
      case DISTRIBUTE -> {
        long deploymentKey = in.readLong();
        int count = in.readCount();
        var processes = new ArrayList<DeployedProcess>(count);
        for (int i = 0; i < count; i++) processes.add(DeployedProcess.read(in));
        yield new DistributeDeployment(deploymentKey, processes);
      }
      case ENTER_EVENT -> new EnterEvent(in.readLong(), in.readInt(), readObject(in));
      case DISTRIBUTE_DELETION -> new DistributeDeletion(in.readLong());
      case OPEN_SUBSCRIPTION -> new OpenSubscription(Waiting.read(in));
      case CLOSE_SUBSCRIPTION -> new CloseSubscription(in.readLong());
      case ACCEPT_MESSAGE -> new AcceptMessage(in.readLong(), in.readLong());
      case REJECT_MESSAGE -> new RejectMessage(in.readLong(), in.readLong());
      case CONFIRM_SUBSCRIPTION -> new ConfirmSubscription(in.readLong(), in.readInt());
      case CORRELATE_MESSAGE -> new CorrelateMessage(in.readLong(), in.readLong(), readObject(in));
      case START_NEXT -> new StartNext(in.readText(), in.readText(), in.readText());
      case DISTRIBUTE_SIGNAL ->
          new DistributeSignal(in.readLong(), in.readText(), readObject(in), in.readText());
      case REACH_LISTENERS ->
          new ReachListeners(
              in.readText(), readObject(in), in.readText(), in.readLong(), in.readLong());
      default ->
          throw new CorruptStateException(
              "Expected a command of kind 1 to 16, but it is %d".formatted(kind));
    };
  }

  private static JsonObject readObject(StateReader in) {
    return JsonObject.ofCanonical(in.readBytes());
  }
}
