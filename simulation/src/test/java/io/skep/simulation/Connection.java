package io.skep.simulation;

import io.skep.domain.engine.Command;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import io.skep.simulation.Tally.What;
import java.util.LinkedHashSet;
import java.util.Set;

/// A connection from a process to a broker. What gets lost on it breaks it: each side finds out a
/// while later.
final class Connection {
  /// Longest that a broken connection goes unnoticed.
  private static final int NOTICED_MS = 3_000;

  private final Machine client;
  private final BrokerProcess broker;
  private final Machine server;
  private final JobsAvailable news;
  private final Cluster cluster;
  private final Set<Once> pending = new LinkedHashSet<>();
  private boolean broken;

  /// What the broker knows the process by.
  private final JobsAvailable session = this::tellOfJobs;

  /// @param news who is told of jobs there
  Connection(Machine client, BrokerProcess broker, JobsAvailable news, Cluster cluster) {
    this.client = client;
    this.broker = broker;
    this.server = broker.machine;
    this.news = news;
    this.cluster = cluster;
  }

  boolean isBroken() {
    return broken || !server.isUp();
  }

  void request(int partitionId, Command command, Once listener) {
    pending.add(listener);
    transmit(
        client,
        server,
        () -> broker.submit(partitionId, command, session, reply -> respond(listener, reply)));
  }

  private void respond(Once listener, Reply reply) {
    transmit(
        server,
        client,
        () -> {
          pending.remove(listener);
          listener.onReply(reply);
        });
  }

  private void tellOfJobs(int partitionId, String type) {
    transmit(server, client, () -> news.jobsAvailable(partitionId, type));
  }

  private void transmit(Machine from, Machine to, Runnable arrival) {
    if (broken) return;
    Network network = cluster.network();
    boolean lost = network.isLost();
    cluster
        .timeline()
        .in(
            network.delayMs(from, to),
            () -> {
              if (broken) return;
              if (lost || network.isCut(from.name, to.name) || !to.isUp()) breakUp();
              else to.run(arrival);
            });
  }

  private void breakUp() {
    broken = true;
    cluster.tally().count(What.CONNECTIONS_BROKEN);
    client.schedule(
        cluster.random().nextInt(NOTICED_MS),
        () -> {
          for (Once listener : Set.copyOf(pending).stream().sorted().toList()) {
            listener.onReply(new Reply.Refused(Reason.INTERRUPTED, "connection lost", -1));
          }
          news.newsLost(broker.nodeId);
        });
    server.schedule(cluster.random().nextInt(NOTICED_MS), () -> broker.sessionClosed(session));
  }

  /// The server's machine has gone, and its neighbours say so.
  void reset() {
    if (!broken) breakUp();
  }

  /// A listener that is told once.
  static final class Once implements Reply.Listener, Comparable<Once> {
    private final long number;
    private Reply.Listener listener;

    Once(long number, Reply.Listener listener) {
      this.number = number;
      this.listener = listener;
    }

    @Override
    public void onReply(Reply reply) {
      if (listener == null) return;
      Reply.Listener told = listener;
      listener = null;
      told.onReply(reply);
    }

    @Override
    public int compareTo(Once other) {
      return Long.compare(number, other.number);
    }
  }
}
