package io.skep.simulation;

import io.skep.domain.cluster.PartitionState;
import io.skep.domain.cluster.Topology;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.engine.job.JobCommand.Activation;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.expression.ProcessReader;
import io.skep.port.in.PartitionCommands;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply;
import io.skep.port.out.Scheduler;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Puts bugs between the parts of a process; hands the parts on as they are if there are none.
final class Plants {
  private Plants() {}

  /// Loses what is to be done much later, now and then.
  static Scheduler scheduler(Machine machine, Cluster cluster) {
    if (!cluster.bugs().contains(Bug.LOST_TIMER)) return machine;
    SplittableRandom random = cluster.random().split();
    return (delayMs, task) ->
        delayMs > 100 && random.nextInt(20) == 0 ? () -> {} : machine.schedule(delayMs, task);
  }

  static LogCodec codec(Cluster cluster) {
    return cluster.codec();
  }

  /// Gives a broker's own order to what a model lists.
  static ProcessReader reader(int nodeId, Cluster cluster) {
    ProcessReader reader = cluster.models();
    if (!cluster.bugs().contains(Bug.UNORDERED_ITERATION) || nodeId != 1) return reader;
    return (name, content) ->
        reader.read(name, content) instanceof ProcessReader.Readable(var models)
            ? new ProcessReader.Readable(
                models.stream()
                    .<ProcessModel>map(model -> cluster.models().reversed(model))
                    .toList())
            : reader.read(name, content);
  }

  /// Takes what comes for new: numbers it as if it were what it waits for.
  static PartitionCommands receiver(PartitionCommands partitions, Cluster cluster) {
    boolean anyActivation = cluster.bugs().contains(Bug.YIELD_OF_ANY_ACTIVATION);
    boolean noDeduplication = cluster.bugs().contains(Bug.OUTBOX_WITHOUT_DEDUPLICATION);
    if (!anyActivation && !noDeduplication) return partitions;
    Map<String, Long> received = new TreeMap<>();
    return new PartitionCommands() {
      @Override
      public void submit(
          int partitionId,
          Command command,
          byte[] encoded,
          JobsAvailable session,
          Reply.Listener listener) {
        switch (command) {
          case ReceiveMessages(int from, long first, var messages) when noDeduplication -> {
            String pair = from + ">" + partitionId;
            long next = Math.max(first, received.getOrDefault(pair, 0L) + 1);
            var renumbered = new ReceiveMessages(from, next, messages);
            pass(
                partitionId,
                renumbered,
                session,
                reply -> {
                  if (reply instanceof Reply.Answered(Answer.MessagesReceived(long upTo))) {
                    received.put(pair, upTo);
                    long told = Math.min(upTo, first + messages.size() - 1);
                    listener.onReply(new Reply.Answered(new Answer.MessagesReceived(told)));
                  } else {
                    listener.onReply(reply);
                  }
                });
          }
          case YieldJobs(var jobs) when anyActivation -> {
            var any =
                jobs.stream().map(job -> new Activation(job.jobKey(), Activation.ANY)).toList();
            pass(partitionId, new YieldJobs(any), session, listener);
          }
          default -> partitions.submit(partitionId, command, encoded, session, listener);
        }
      }

      private void pass(
          int partitionId, Command command, JobsAvailable session, Reply.Listener listener) {
        byte[] encoded = cluster.codec().encode(command);
        partitions.submit(partitionId, command, encoded, session, listener);
      }

      @Override
      public void sessionClosed(JobsAvailable session) {
        partitions.sessionClosed(session);
      }
    };
  }

  /// Hears of no correction. That gossip is not heard either is planted in [Member].
  static Membership membership(Member member, Cluster cluster) {
    if (!cluster.bugs().contains(Bug.STALE_ROUTING)) return member;
    return new Membership() {
      @Override
      public Topology topology() {
        return member.topology();
      }

      @Override
      public void onChange(Consumer<Topology> listener) {
        member.onChange(listener);
      }

      @Override
      public void publish(PartitionState state) {
        member.publish(state);
      }

      @Override
      public void correct(int partitionId, int leader) {}
    };
  }
}
