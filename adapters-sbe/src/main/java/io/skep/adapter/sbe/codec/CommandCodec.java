package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.instance.InstanceCommand;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.variable.VariableCommand;
import org.agrona.MutableDirectBuffer;

/// Commands by their concept. Each concept has ten template ids.
public final class CommandCodec {
  private CommandCodec() {}

  /// @throws IllegalArgumentException if it is a command that never leaves its turn
  public static byte[] encode(Command command) {
    return Scratch.encode(command, CommandCodec::encode);
  }

  /// @throws io.skep.port.out.LogCodec.MalformedCommandException if it is none that this version
  ///   knows
  public static Command decode(byte[] bytes, Origin origin) {
    return Message.read(bytes, 0, bytes.length, origin, CommandCodec::decode);
  }

  /// The failure to encode a command that is a step of its turn and never comes from outside.
  static IllegalArgumentException staysInItsTurn(Command command) {
    return new IllegalArgumentException(
        "Expected a command that may leave its turn, but it is " + command);
  }

  static int encode(Command command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case DeploymentCommand deployment -> DeploymentCodec.encode(deployment, to, at);
      case InstanceCommand instance -> InstanceCodec.encode(instance, to, at);
      case JobCommand job -> JobCodec.encode(job, to, at);
      case VariableCommand variable -> VariableCodec.encode(variable, to, at);
      case IncidentCommand incident -> IncidentCodec.encode(incident, to, at);
      case MessageCommand message -> MessageCodec.encode(message, to, at);
      case SignalCommand signal -> SignalCodec.encode(signal, to, at);
      case TimerCommand timer -> TimerCodec.encode(timer, to, at);
      case OutboxCommand outbox -> OutboxCodec.encode(outbox, to, at);
      case ElementCommand element -> ElementCodec.encode(element, to, at);
    };
  }

  static Command decode(Message message) {
    return switch (message.templateId() / 10) {
      case 10 -> DeploymentCodec.decode(message);
      case 11 -> InstanceCodec.decode(message);
      case 12 -> JobCodec.decode(message);
      case 13 -> VariableCodec.decode(message);
      case 14 -> IncidentCodec.decode(message);
      case 15 -> TimerCodec.decode(message);
      case 16 -> OutboxCodec.decode(message);
      case 17 -> ElementCodec.decode(message);
      case 18 -> MessageCodec.decode(message);
      case 19 -> SignalCodec.decode(message);
      default -> throw message.unknown("a command");
    };
  }
}
