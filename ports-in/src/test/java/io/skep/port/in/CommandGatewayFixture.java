package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.ArrayList;
import java.util.List;

/// A gateway that sends commands, and brokers that answer when the test says so.
final class CommandGatewayFixture {
  static final Command CANCEL = new CancelProcessInstance(Routing.key(2, 7));
  static final Command CREATE =
      new CreateProcessInstance("order", -1, 0, JsonObject.empty(), null, "<default>");
  static final Answer DONE = new Done(1);

  final SimulatedTime time = new SimulatedTime();
  final FakeBrokers brokers = new FakeBrokers();
  final List<Reply> replies = new ArrayList<>();

  /// Of the gateway made last.
  LeaderCalls leaders;

  CommandGateway gateway(FakeMembership membership) {
    leaders = new LeaderCalls(brokers, membership, time);
    return new CommandGatewayUseCase(
        leaders, membership, new TopologyWatch(membership, time), time, GatewaySettings.defaults());
  }

  List<Reason> reasons() {
    return replies.stream().map(reply -> assertInstanceOf(Refused.class, reply).reason()).toList();
  }
}
