package io.skep.simulation;

import io.skep.domain.cluster.Broker;
import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.simulation.Connection.Once;
import java.util.Map;
import java.util.TreeMap;

/// How one process reaches brokers.
final class SimulatedClient implements BrokerClient {
  private final Machine machine;
  private final Cluster cluster;
  private final Map<Integer, Connection> connections = new TreeMap<>();
  private long requests;

  private JobsAvailable listener = (_, _) -> {};

  /// The listener may be set after the first connection.
  private final JobsAvailable news =
      new JobsAvailable() {
        @Override
        public void jobsAvailable(int partitionId, String type) {
          listener.jobsAvailable(partitionId, type);
        }

        @Override
        public void newsLost(int nodeId) {
          listener.newsLost(nodeId);
        }
      };

  SimulatedClient(Machine machine, Cluster cluster) {
    this.machine = machine;
    this.cluster = cluster;
  }

  @Override
  public Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener told) {
    var once = new Once(requests++, told);
    machine.schedule(
        timeoutMs, () -> once.onReply(new Reply.Refused(Reason.TIMEOUT, "no answer", -1)));
    BrokerProcess process = cluster.broker(broker.nodeId());
    if (process != null && process.machine == machine) {
      // Without a socket, but not within the call.
      machine.schedule(0, () -> process.submit(partitionId, command, news, once));
      return Dispatch.GONE;
    }
    Connection connection = process == null ? null : connect(process);
    if (connection == null) {
      machine.schedule(
          1 + cluster.random().nextInt(50),
          () -> once.onReply(new Reply.Refused(Reason.UNREACHABLE, "no connection", -1)));
      return () -> true;
    }
    connection.request(partitionId, command, once);
    return Dispatch.GONE;
  }

  private Connection connect(BrokerProcess broker) {
    Connection known = connections.get(broker.nodeId);
    if (known != null && !known.isBroken()) return known;
    if (known != null) known.reset();
    Network network = cluster.network();
    if (network.isCut(machine.name, broker.machine.name)
        || network.isCut(broker.machine.name, machine.name)) return null;
    var connection = new Connection(machine, broker, news, cluster);
    connections.put(broker.nodeId, connection);
    return connection;
  }

  /// A broker has died: whoever was connected finds out.
  void lost(int nodeId) {
    Connection known = connections.remove(nodeId);
    if (known != null) known.reset();
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    this.listener = listener;
  }
}
