package io.skep.load;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.grpc.Status;
import io.skep.load.Options.Pace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Starts operations at the pace that was asked for and follows each to its end. On the gateway's
/// event loop only.
final class Load implements Worker.Listener {
  /// Else a gateway that is down would be asked without a pause.
  private static final long PAUSE_AFTER_FAILURE_MS = 100;

  private final Gateway gateway;
  private final Scenario scenario;
  private final Requests requests;
  private final Pace pace;
  private final Measurement measurement;

  private final Set<Operation> underWay = new HashSet<>();

  /// Created, and their jobs not completed yet, by instance key.
  private final Map<Long, Operation> byInstance = new HashMap<>();

  /// Completed before the answer to their creation came; those of earlier runs stay here.
  private final Set<Long> completedEarly = new HashSet<>();

  private long beganNanos;
  private long dueUntilNanos;
  private long count;

  /// @param untilNanos what is due later is not started; what was due before, but could not start,
  ///   is
  Load(
      Gateway gateway,
      Options options,
      Requests requests,
      Measurement measurement,
      long untilNanos) {
    this.gateway = gateway;
    this.scenario = options.scenario();
    this.requests = requests;
    this.pace = options.pace();
    this.measurement = measurement;
    this.dueUntilNanos = untilNanos;
  }

  void begin(long nowNanos) {
    beganNanos = nowNanos;
    startWhatIsDue(nowNanos);
  }

  /// When the operation after those that were started is due, by [System#nanoTime].
  private long nextDueNanos(long nowNanos) {
    return switch (pace) {
      case Pace.Closed _ -> nowNanos;
      case Pace.Open(double perSecond, _) -> dueNanos(count, perSecond);
    };
  }

  private long dueNanos(long number, double perSecond) {
    return beganNanos + (long) (number * 1e9 / perSecond);
  }

  void startWhatIsDue(long nowNanos) {
    long due;
    while (underWay.size() < pace.inFlight()
        && (due = nextDueNanos(nowNanos)) - nowNanos <= 0
        && due < dueUntilNanos) {
      var operation = new Operation(count++, due);
      underWay.add(operation);
      send(operation);
    }
  }

  /// Ends it before its time.
  void cut(long nowNanos) {
    dueUntilNanos = Math.min(dueUntilNanos, nowNanos);
  }

  /// Starts what is left to start.
  ///
  /// @return whether there is nothing left, and nothing under way
  boolean comesToRest(long nowNanos) {
    startWhatIsDue(nowNanos);
    return underWay.isEmpty()
        && (pace instanceof Pace.Closed || nextDueNanos(nowNanos) >= dueUntilNanos);
  }

  int inFlight() {
    return underWay.size();
  }

  /// Counts what has not ended as if it ended now, which makes latencies look too good rather than
  /// leave the worst of them out.
  void giveUp(long nowNanos) {
    underWay.forEach(operation -> measurement.unfinished(operation.dueNanos, nowNanos));
    underWay.clear();
    if (pace instanceof Pace.Open) {
      for (long due; (due = nextDueNanos(nowNanos)) < dueUntilNanos; count++) {
        measurement.unfinished(due, nowNanos);
      }
    }
  }

  private void send(Operation operation) {
    switch (scenario) {
      case CREATE ->
          gateway.create(
              requests.creation(operation.number),
              Answer.to(gateway, _ -> ended(operation), status -> failed(operation, status)));
      case TASK ->
          gateway.create(
              requests.creation(operation.number),
              Answer.to(
                  gateway,
                  created -> created(operation, created.getProcessInstanceKey()),
                  status -> failed(operation, status)));
      case RESULT ->
          gateway.createWithResult(
              requests.creationWithResult(operation.number),
              Answer.to(gateway, _ -> ended(operation), status -> failed(operation, status)));
    }
  }

  private void created(Operation operation, long instanceKey) {
    if (completedEarly.remove(instanceKey)) ended(operation);
    else byInstance.put(instanceKey, operation);
  }

  @Override
  public void completed(long instanceKey) {
    Operation operation = byInstance.remove(instanceKey);
    if (operation == null) completedEarly.add(instanceKey);
    else ended(operation);
  }

  @Override
  public void refused() {
    measurement.refused();
  }

  @Override
  public void failed(String call, Status status) {
    measurement.failed(call, status);
  }

  private void ended(Operation operation) {
    if (!underWay.remove(operation)) return;
    long now = System.nanoTime();
    measurement.ended(operation.dueNanos, now);
    startWhatIsDue(now);
  }

  private void failed(Operation operation, Status status) {
    if (!underWay.contains(operation)) return;
    if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
      measurement.refused();
      gateway.loop().schedule(() -> send(operation), operation.nextPauseMs(), MILLISECONDS);
      return;
    }
    lose(operation, scenario.call(), status);
  }

  @Override
  public void lost(long instanceKey, Status status) {
    Operation operation = byInstance.remove(instanceKey);
    if (operation == null) measurement.failed("CompleteJob", status);
    else lose(operation, "CompleteJob", status);
  }

  private void lose(Operation operation, String call, Status status) {
    measurement.failed(call, status);
    measurement.lost(operation.dueNanos);
    gateway.loop().schedule(() -> leave(operation), PAUSE_AFTER_FAILURE_MS, MILLISECONDS);
  }

  private void leave(Operation operation) {
    if (underWay.remove(operation)) startWhatIsDue(System.nanoTime());
  }
}
