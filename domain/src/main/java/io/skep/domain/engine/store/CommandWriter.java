package io.skep.domain.engine.store;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeployedProcess;
import io.skep.domain.engine.deployment.DeploymentCommand.DistributeDeployment;
import io.skep.domain.engine.element.ElementCommand.*;
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
      default ->
          throw new IllegalArgumentException(
              "Expected a command that can be kept, but it is %s".formatted(command));
    }
  }

  public static Command read(StateReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case ACTIVATE -> new ActivateElement(in.readLong(), in.readInt(), in.readInt());
      case COMPLETE -> new CompleteElement(in.readLong(), JsonObject.ofCanonical(in.readBytes()));
      case TERMINATE -> new TerminateElement(in.readLong());
      case RESUME -> new ResumeElement(in.readLong());
      case DISTRIBUTE -> {
        long deploymentKey = in.readLong();
        int count = in.readCount();
        var processes = new ArrayList<DeployedProcess>(count);
        for (int i = 0; i < count; i++) processes.add(DeployedProcess.read(in));
        yield new DistributeDeployment(deploymentKey, processes);
      }
      default ->
          throw new CorruptStateException(
              "Expected a command of kind 1 to 5, but it is %d".formatted(kind));
    };
  }
}
