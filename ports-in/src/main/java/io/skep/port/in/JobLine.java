package io.skep.port.in;

import io.skep.domain.cluster.Routing;
import io.skep.domain.cluster.Topology;
import io.skep.port.out.BrokerClient;
import io.skep.port.out.Clock;
import io.skep.port.out.GatewayMetrics;
import io.skep.port.out.Membership;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import io.skep.port.out.Scheduler;
import io.skep.port.out.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The requests for jobs of one type, first come, first served.
///
/// While anybody waits, each partition that has a leader is in one of these states: it has said
/// that it has no jobs and will tell when it has; somebody is about to ask it; or asking it failed,
/// and it is asked again a little later. So nobody waits while there are jobs, and nobody asks in
/// vain.
final class JobLine {
  /// What a line needs of the world.
  ///
  /// @param commands takes back what could not be delivered
  record Outside(
      BrokerClient brokers,
      Membership membership,
      Scheduler scheduler,
      Clock clock,
      GatewaySettings settings,
      CommandGateway commands,
      GatewayMetrics metrics) {}

  private final String type;
  private final Outside outside;
  private final Runnable onIdle;
  private final Turnstile turnstile = new Turnstile();

  /// Those that wait, by their numbers.
  private final TreeMap<Long, JobRequest> waiting = new TreeMap<>();

  private final List<PartitionNews> partitions = new ArrayList<>();
  private Topology seen = Topology.unknown();
  private long arrivals;
  private int reported;

  /// Those on their way, in the order in which they left.
  private final Set<JobPass> passes = new LinkedHashSet<>();

  private boolean leadersChanged;

  /// Where the next pass over all partitions starts.
  private long turn;

  private int emptyPasses;
  private long lastFullPassNanos;
  private Cancellable probe;
  private boolean closed;

  /// @param onIdle told inside the turnstile when nobody is in line any more
  JobLine(String type, Outside outside, Runnable onIdle) {
    this.type = type;
    this.outside = outside;
    this.onIdle = onIdle;
  }

  void run(Runnable task) {
    turnstile.pass(
        () -> {
          task.run();
          report();
        });
  }

  private void report() {
    if (waiting.size() == reported) return;
    reported = waiting.size();
    outside.metrics().waiting(type, reported);
  }

  Outside outside() {
    return outside;
  }

  PartitionNews news(int partitionId) {
    return partitions.get(partitionId - 1);
  }

  /// Takes a request in.
  ///
  /// @param otherwise takes it if the line is closed
  void enter(JobRequest request, Runnable otherwise) {
    request.enter(this);
    run(
        () -> {
          if (closed) otherwise.run();
          else admit(request);
        });
  }

  private void admit(JobRequest request) {
    request.number = arrivals++;
    if (request.isCancelled()) {
      request.end();
    } else if (request.command.maxJobs() == 0) {
      // It can be given nothing. Zeebe lets it wait for its time to end, so that such workers do
      // not spin.
      setTimer(request);
    } else if (request.waitMs < 0 || request.isOdd() || isAllUnsure()) {
      passOverAll(request);
    } else {
      park(request);
    }
    wake();
    checkIdle();
  }

  /// Whether what is known of the partitions is not enough to wait for news from them.
  private boolean isAllUnsure() {
    return emptyPasses < outside.settings().longPolling().minEmptyResponses() || msToProbe() <= 0;
  }

  private long msToProbe() {
    return outside.settings().longPolling().probeTimeout().toMillis()
        - (outside.clock().nanoTime() - lastFullPassNanos) / 1_000_000;
  }

  void leave(JobRequest request) {
    run(
        () -> {
          // If it is on a pass, that ends with the answer that is under way.
          if (waiting.remove(request.number, request)) request.end();
          wake();
          checkIdle();
        });
  }

  /// A partition has jobs.
  void jobsAvailable(int partitionId) {
    run(
        () -> {
          refresh();
          if (partitionId >= 1 && partitionId <= partitions.size()) news(partitionId).disturb();
          wake();
        });
  }

  /// A broker will not tell what it promised to tell.
  void newsLost(int nodeId) {
    run(
        () -> {
          for (PartitionNews news : partitions) {
            if (news.leadership() != null && news.leadership().leader().nodeId() == nodeId) {
              news.disturb();
            }
          }
          wake();
        });
  }

  /// The topology may have changed.
  void topologyChanged() {
    run(this::wake);
  }

  void refresh() {
    Topology now = outside.membership().topology();
    if (now == seen) return;
    seen = now;
    while (partitions.size() < now.partitionCount()) partitions.add(new PartitionNews());
    for (int p = 1; p <= partitions.size(); p++) {
      leadersChanged |= news(p).ledBy(now.leadershipOf(p));
    }
  }

  private void passOverAll(JobRequest request) {
    refresh();
    lastFullPassNanos = outside.clock().nanoTime();
    pass(request, inTurn().toArray(), true);
  }

  private void pass(JobRequest request, int[] partitionIds, boolean full) {
    var pass = new JobPass(this, request, partitionIds, full);
    passes.add(pass);
    pass.goOn();
  }

  /// All partitions, from the one whose turn it is.
  private IntStream inTurn() {
    int count = partitions.size();
    if (count == 0) return IntStream.empty();
    var routing = new Routing(count);
    long from = turn++;
    return IntStream.range(0, count).map(i -> routing.ofTurn(from + i));
  }

  void passEnded(JobPass pass) {
    passes.remove(pass);
    if (pass.isFull() && !pass.hasDelivered()) emptyPasses++;
    JobRequest request = pass.request();
    if (request.isEnded()) {
      // Its receiver knows.
    } else if (request.isCancelled() || pass.hasDelivered()) {
      request.end();
    } else if (pass.isExhausted()) {
      request.fail(
          new Refused(
              Reason.RESOURCE_EXHAUSTED,
              "Expected to activate jobs of type '%s', but there were none where there was time to look, and at least one partition had too much to do, please try again later"
                  .formatted(type),
              -1));
    } else if (request.waitMs < 0) {
      if (partitions.isEmpty()) request.fail(noPartition());
      else request.end();
    } else {
      park(request);
    }
    checkIdle();
  }

  private Refused noPartition() {
    return new Refused(
        Reason.UNREACHABLE,
        "Expected to activate jobs of type '%s', but no broker is known yet".formatted(type),
        -1);
  }

  private void park(JobRequest request) {
    if (setTimer(request)) waiting.put(request.number, request);
  }

  /// @return whether there is time left; if not the request has ended
  private boolean setTimer(JobRequest request) {
    long leftMs = request.waitMs - (outside.clock().nanoTime() - request.startNanos) / 1_000_000;
    if (request.expired || leftMs <= 0) {
      request.end();
      return false;
    }
    if (request.timer == null) {
      request.timer = outside.scheduler().schedule(leftMs, () -> run(() -> expire(request)));
    }
    return true;
  }

  private void expire(JobRequest request) {
    request.expired = true;
    // If it is on a pass it may still get what is under way.
    if (waiting.remove(request.number, request) || request.command.maxJobs() == 0) request.end();
    checkIdle();
  }

  /// Sends out those who have waited longest to where there may be jobs and nobody else is looking.
  void wake() {
    refresh();
    if (leadersChanged) {
      leadersChanged = false;
      List.copyOf(passes).forEach(JobPass::leadersChanged);
    }
    if (waiting.isEmpty()) return;
    if (partitions.stream().anyMatch(PartitionNews::isWorthAsking)) {
      int[] worthAsking = inTurn().filter(p -> news(p).isWorthAsking()).toArray();
      // Each takes its share, so that all of the partitions are asked at the same time if enough
      // are waiting.
      var sentOut = firstThatWait(worthAsking.length);
      for (int i = 0; i < sentOut.size(); i++) {
        int first = i;
        var share = IntStream.range(0, worthAsking.length).filter(p -> p % sentOut.size() == first);
        pass(sentOut.get(i), share.map(p -> worthAsking[p]).toArray(), false);
      }
    }
    arrangeTimers();
  }

  private List<JobRequest> firstThatWait(int most) {
    var first = new ArrayList<JobRequest>();
    while (first.size() < most && !waiting.isEmpty()) {
      JobRequest request = waiting.pollFirstEntry().getValue();
      if (request.isCancelled()) request.end();
      else first.add(request);
    }
    return first;
  }

  private void arrangeTimers() {
    if (waiting.isEmpty()) return;
    if (probe == null) {
      probe = outside.scheduler().schedule(Math.max(0, msToProbe()), () -> run(this::probe));
    }
    for (PartitionNews news : partitions) {
      if (news.lacksRetry()) {
        news.arrangeRetry(outside.scheduler(), () -> run(() -> retry(news)));
      }
    }
  }

  /// In case that news was lost on its way.
  private void probe() {
    probe = null;
    // Not if somebody has just done so.
    if (msToProbe() <= 0) firstThatWait(1).forEach(this::passOverAll);
    wake();
    checkIdle();
  }

  private void retry(PartitionNews news) {
    news.tryAgain();
    wake();
  }

  private void checkIdle() {
    if (waiting.isEmpty() && passes.isEmpty() && !closed) onIdle.run();
  }

  /// Lets nobody in any more. Only while nobody is in line.
  void close() {
    closed = true;
    if (probe != null) probe.cancel();
    partitions.forEach(PartitionNews::tryAgain);
  }
}
