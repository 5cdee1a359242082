package io.skep.port.in;

import io.skep.domain.cluster.Broker;
import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.Done;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.YieldJobs;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/// Partitions with nothing but jobs, behind a network that delays, reorders and loses. Keeps the
/// promise of [BrokerClient#onJobsAvailable], and checks that a job is with one worker at a time.
final class SimulatedBrokers implements BrokerClient {
  private final SimulatedTime time;
  private final SplittableRandom random;
  private final FakeMembership membership;
  private final List<Partition> partitions = new ArrayList<>();
  private JobsAvailable news;

  /// Whether anything goes wrong.
  boolean faulty = true;

  /// How many times jobs were asked for.
  int asked;

  /// Jobs whose answer reached the gateway and which were neither delivered nor given back so far.
  final Set<Long> onTheirWay = new TreeSet<>();

  private final Set<Command> givenBack = Collections.newSetFromMap(new IdentityHashMap<>());

  SimulatedBrokers(
      SimulatedTime time, SplittableRandom random, FakeMembership membership, int partitionCount) {
    this.time = time;
    this.random = random;
    this.membership = membership;
    for (int p = 1; p <= partitionCount; p++) partitions.add(new Partition(p));
  }

  @Override
  public void onJobsAvailable(JobsAvailable listener) {
    news = listener;
  }

  @Override
  public Dispatch send(
      Broker broker, int partitionId, Command command, long timeoutMs, Reply.Listener listener) {
    if (command instanceof ActivateJobs) asked++;
    // What the gateway gives back counts when it first leaves: the network may lose it.
    if (command instanceof YieldJobs(var activations) && givenBack.add(command)) {
      for (var each : activations) {
        if (!onTheirWay.remove(each.jobKey()))
          throw new AssertionError("given back twice: " + each);
      }
    }
    Partition partition = partitions.get(partitionId - 1);
    if (faulty && chance(5)) {
      refuse(listener, Reason.UNREACHABLE, -1);
      return Dispatch.GONE;
    }
    later(() -> arrive(broker.nodeId(), partition, command, listener));
    return Dispatch.GONE;
  }

  private void arrive(int nodeId, Partition partition, Command command, Reply.Listener listener) {
    if (nodeId != partition.leader) {
      refuse(listener, Reason.NOT_LEADER, chance(50) ? partition.leader : -1);
      return;
    }
    if (faulty && chance(5)) {
      refuse(listener, Reason.RESOURCE_EXHAUSTED, -1);
      return;
    }
    Answer answer =
        switch (command) {
          case ActivateJobs activate -> partition.activate(activate);
          case YieldJobs(var activations) -> {
            activations.forEach(each -> partition.giveBack(each.jobKey()));
            yield new Done(0);
          }
          default -> throw new AssertionError("not for this test: " + command);
        };
    if (faulty && chance(5)) {
      // The jobs come back when their time is over.
      if (answer instanceof JobsActivated(var jobs, _)) {
        jobs.forEach(job -> time.schedule(3_000, () -> partition.giveBack(job.key())));
      }
      if (chance(50)) {
        refuse(listener, Reason.INTERRUPTED, -1);
      } else {
        time.schedule(
            2_000, () -> listener.onReply(new Reply.Refused(Reason.TIMEOUT, "simulated", -1)));
      }
      return;
    }
    later(
        () -> {
          if (answer instanceof JobsActivated(var jobs, _)) {
            for (ActivatedJob job : jobs) onTheirWay.add(job.key());
          }
          listener.onReply(new Reply.Answered(answer));
        });
  }

  void delivered(ActivatedJob job) {
    if (!onTheirWay.remove(job.key())) throw new AssertionError("delivered twice: " + job.key());
  }

  void createJob(int partitionId, String type) {
    partitions.get(partitionId - 1).create(type);
  }

  /// The gateway hears of it a while later.
  void elect(int partitionId, int nodeId) {
    Partition partition = partitions.get(partitionId - 1);
    partition.leader = nodeId;
    partition.armed.clear();
    long term = ++partition.term;
    time.schedule(
        random.nextInt(300),
        () -> {
          if (partition.term == term) membership.lead(partitionId, nodeId, term);
        });
  }

  void loseConnection(int nodeId) {
    for (Partition partition : partitions) {
      if (partition.leader == nodeId) partition.armed.clear();
    }
    later(() -> news.newsLost(nodeId));
  }

  int available(String type) {
    return partitions.stream().mapToInt(p -> p.waiting(type).size()).sum();
  }

  private void refuse(Reply.Listener listener, Reason reason, int leader) {
    later(() -> listener.onReply(new Reply.Refused(reason, "simulated", leader)));
  }

  private void later(Runnable task) {
    time.schedule(random.nextInt(20), task);
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private final class Partition {
    private final int id;
    private final Map<String, TreeSet<Long>> waiting = new LinkedHashMap<>();
    private final Map<Long, String> activated = new LinkedHashMap<>();

    /// Types that the gateway is to be told of.
    private final Set<String> armed = new LinkedHashSet<>();

    private int leader;
    private long term = 1;
    private long counter;

    private Partition(int id) {
      this.id = id;
    }

    private TreeSet<Long> waiting(String type) {
      return waiting.computeIfAbsent(type, _ -> new TreeSet<>());
    }

    private void create(String type) {
      waiting(type).add(Routing.key(id, ++counter));
      tell(type);
    }

    private void tell(String type) {
      if (armed.remove(type)) later(() -> news.jobsAvailable(id, type));
    }

    private void giveBack(long key) {
      String type = activated.remove(key);
      if (type == null) throw new AssertionError("not with a worker: " + key);
      waiting(type).add(key);
      tell(type);
    }

    private JobsActivated activate(ActivateJobs command) {
      if (command.maxJobs() < 1) throw new AssertionError("asked for no job");
      var jobs = new ArrayList<ActivatedJob>();
      var keys = waiting(command.type());
      boolean truncated = keys.size() > 1 && chance(10);
      while (!keys.isEmpty() && jobs.size() < (truncated ? 1 : command.maxJobs())) {
        long key = keys.removeFirst();
        activated.put(key, command.type());
        jobs.add(JobActivationFixture.job(id, key - Routing.key(id, 0)));
      }
      if (jobs.isEmpty()) armed.add(command.type());
      return new JobsActivated(jobs, truncated && !keys.isEmpty());
    }
  }
}
