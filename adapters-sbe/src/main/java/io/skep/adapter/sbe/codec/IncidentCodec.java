package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.ResolveIncidentDecoder;
import io.skep.adapter.sbe.schema.ResolveIncidentEncoder;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import org.agrona.MutableDirectBuffer;

/// Commands about incidents.
final class IncidentCodec {
  private IncidentCodec() {}

  static int encode(IncidentCommand command, MutableDirectBuffer to, int at) {
    return switch (command) {
      case ResolveIncident(long incidentKey) ->
          new ResolveIncidentEncoder()
              .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
              .incidentKey(incidentKey)
              .limit();
    };
  }

  static IncidentCommand decode(Message message) {
    return switch (message.templateId()) {
      case ResolveIncidentDecoder.TEMPLATE_ID ->
          new ResolveIncident(message.as(new ResolveIncidentDecoder()).incidentKey());
      default -> throw message.unknown("a command about incidents");
    };
  }
}
