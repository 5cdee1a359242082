package io.skep.port.in;

import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Event;
import io.skep.domain.engine.Outcome;
import io.skep.domain.engine.incident.IncidentEvent.IncidentResolved;
import io.skep.domain.engine.job.Job;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.job.JobState;
import io.skep.domain.engine.job.JobTable;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Clock;
import io.skep.port.out.LogCodec;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The streams that gateways hold open for jobs of one partition, on its leader.
///
/// A stream is a request or two that wait here. A job that becomes available goes to the stream
/// whose turn it is: with its key the request becomes a command like any other, whose answer is the
/// job. While all requests of a type are on their way, jobs that turn up are kept on offer for the
/// next. If none comes soon, those who asked for jobs without a stream are told of them.
///
/// Requests arrive on any thread, jobs on the log's.
final class JobStreams {
  /// How many jobs go with one request.
  private static final int MOST_AT_ONCE = 64;

  /// Beyond that jobs are left to those that ask for them.
  private static final int MOST_ON_OFFER = 100_000;

  /// How long a stream without a request that waits is still taken for open: its gateway may have
  /// an answer in hand and be about to ask again.
  private static final long GRACE_NANOS = 5_000_000_000L;

  /// How long jobs may be on offer without any request coming for them.
  private static final long PATIENCE_MS = 100;

  private final LogCodec codec;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Consumer<Pending> submit;
  private final Consumer<String> leftOver;
  private final Map<String, OfType> types = new HashMap<>();
  private boolean leading;
  private volatile int open;

  /// @param session as [PartitionCommands#submit] has it
  private record StreamKey(JobsAvailable session, long streamId) {}

  private static final class Stream {
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private int onTheirWay;
    private long lastNanos;
    private boolean ended;
  }

  private static final class OfType {
    /// The one whose turn it is comes first.
    private final Map<StreamKey, Stream> streams = new LinkedHashMap<>();

    private final Set<Long> onOffer = new LinkedHashSet<>();

    /// Counts the requests that were sent out.
    private long filled;

    /// Somebody will look whether it goes on.
    private boolean watched;
  }

  /// @param submit takes requests that got jobs
  /// @param leftOver told of types of which there are jobs that no stream can take now
  JobStreams(
      LogCodec codec,
      Clock clock,
      Scheduler scheduler,
      Consumer<Pending> submit,
      Consumer<String> leftOver) {
    this.codec = codec;
    this.clock = clock;
    this.scheduler = scheduler;
    this.submit = submit;
    this.leftOver = leftOver;
  }

  /// How many streams are open.
  int open() {
    return open;
  }

  /// Has a request wait for jobs.
  ///
  /// @return whether it does; not without the lead
  boolean await(Pending request) {
    var stream = (StreamJobs) request.command();
    var key = new StreamKey(request.session(), stream.streamId());
    synchronized (this) {
      if (!leading) return false;
      OfType ofType = types.computeIfAbsent(stream.type(), _ -> new OfType());
      Stream known = ofType.streams.get(key);
      if (known == null) {
        known = new Stream();
        ofType.streams.put(key, known);
        open++;
      }
      known.waiting.add(request);
      known.lastNanos = clock.nanoTime();
    }
    dispatch(stream.type());
    return true;
  }

  /// Puts jobs on offer that became available in a turn.
  ///
  /// @return types of which there were some, to be handed to [#dispatch] when the turn is over
  Set<String> offer(Outcome outcome, JobTable jobs) {
    Set<String> offered = Set.of();
    for (Event event : outcome.events()) {
      long key = madeAvailable(event);
      Job job = key == 0 ? null : jobs.get(key);
      if (job == null || job.state() != JobState.ACTIVATABLE) continue;
      if (!offer(job.type(), key)) continue;
      if (offered.isEmpty()) offered = new HashSet<>();
      offered.add(job.type());
    }
    return offered;
  }

  /// What a worker gave back is not offered again at once: nobody was there to take it.
  private static long madeAvailable(Event event) {
    return switch (event) {
      case JobEvent.JobCreated created -> created.key();
      case JobEvent.JobFailed failed -> failed.key();
      case JobEvent.JobTimedOut timedOut -> timedOut.key();
      case JobEvent.JobRecurred recurred -> recurred.key();
      case IncidentResolved resolved -> resolved.jobKey();
      default -> 0;
    };
  }

  private synchronized boolean offer(String type, long key) {
    OfType ofType = types.get(type);
    if (ofType == null) return false;
    dropForgotten(type, ofType);
    if (ofType.streams.isEmpty() || ofType.onOffer.size() >= MOST_ON_OFFER) return false;
    ofType.onOffer.add(key);
    return true;
  }

  private void dropForgotten(String type, OfType ofType) {
    long now = clock.nanoTime();
    Iterator<Stream> streams = ofType.streams.values().iterator();
    while (streams.hasNext()) {
      Stream stream = streams.next();
      if (!stream.waiting.isEmpty() || stream.onTheirWay > 0) return;
      if (now - stream.lastNanos < GRACE_NANOS) continue;
      streams.remove();
      stream.ended = true;
      open--;
    }
    if (ofType.streams.isEmpty()) types.remove(type);
  }

  /// Sends out what is on offer with the requests that wait, as far as there are any.
  void dispatch(String type) {
    List<Pending> ready = new ArrayList<>();
    boolean watch;
    long filled;
    synchronized (this) {
      OfType ofType = types.get(type);
      if (ofType == null) return;
      for (Pending next; (next = fill(type, ofType)) != null; ) ready.add(next);
      watch = !ofType.onOffer.isEmpty() && !ofType.watched;
      ofType.watched |= watch;
      filled = ofType.filled;
    }
    ready.forEach(submit);
    if (watch) watch(type, filled);
  }

  private void watch(String type, long filled) {
    scheduler.schedule(PATIENCE_MS, () -> look(type, filled));
  }

  private void look(String type, long filledBefore) {
    long filled;
    synchronized (this) {
      OfType ofType = types.get(type);
      if (ofType == null) return;
      filled = ofType.filled;
      ofType.watched = !ofType.onOffer.isEmpty() && filled != filledBefore;
      if (ofType.onOffer.isEmpty()) return;
    }
    if (filled == filledBefore) leftOver.accept(type);
    else watch(type, filled);
  }

  private Pending fill(String type, OfType ofType) {
    if (ofType.onOffer.isEmpty()) return null;
    int waiting = 0;
    StreamKey first = null;
    for (var each : ofType.streams.entrySet()) {
      if (each.getValue().waiting.isEmpty()) continue;
      if (first == null) first = each.getKey();
      waiting++;
    }
    if (first == null) return null;
    // To the back of the line.
    Stream stream = ofType.streams.remove(first);
    ofType.streams.put(first, stream);
    int share = Math.clamp((ofType.onOffer.size() + waiting - 1) / waiting, 1, MOST_AT_ONCE);
    var keys = new ArrayList<Long>(share);
    Iterator<Long> onOffer = ofType.onOffer.iterator();
    while (keys.size() < share && onOffer.hasNext()) {
      keys.add(onOffer.next());
      onOffer.remove();
    }
    stream.onTheirWay++;
    ofType.filled++;
    return withJobs(type, stream, stream.waiting.poll(), keys);
  }

  private Pending withJobs(String type, Stream stream, Pending request, List<Long> keys) {
    StreamJobs command = ((StreamJobs) request.command()).withJobs(keys);
    return new Pending(
        command,
        codec.encode(command),
        request.session(),
        reply -> replied(type, stream, request, keys, reply),
        false,
        clock.nanoTime());
  }

  private void replied(String type, Stream stream, Pending request, List<Long> keys, Reply reply) {
    boolean toBeSent = true;
    synchronized (this) {
      stream.onTheirWay--;
      stream.lastNanos = clock.nanoTime();
      OfType ofType = types.get(type);
      if (ofType != null && reply instanceof Answered(JobsActivated(var jobs, boolean truncated))) {
        if (truncated) {
          var left = new LinkedHashSet<>(keys);
          jobs.forEach(job -> left.remove(job.key()));
          left.addAll(ofType.onOffer);
          ofType.onOffer.clear();
          ofType.onOffer.addAll(left);
        }
        // Somebody else was quicker. That is no news for the worker.
        if (jobs.isEmpty() && !stream.ended && leading) {
          stream.waiting.add(request);
          toBeSent = false;
        }
      }
    }
    if (toBeSent) request.listener().onReply(reply);
    else dispatch(type);
    // The jobs are there still, and who has asked for them was told of none.
    if (reply instanceof Reply.Refused) leftOver.accept(type);
  }

  /// A gateway closed a stream. Its requests end without jobs.
  void end(String type, JobsAvailable session, long streamId) {
    List<Pending> ended;
    synchronized (this) {
      OfType ofType = types.get(type);
      if (ofType == null) return;
      ended = end(ofType, new StreamKey(session, streamId));
    }
    ended.forEach(request -> request.answer(new JobsActivated(List.of(), false)));
    closeIfUnused(type);
  }

  private List<Pending> end(OfType ofType, StreamKey key) {
    Stream stream = ofType.streams.remove(key);
    if (stream == null) return List.of();
    open--;
    stream.ended = true;
    var waiting = List.copyOf(stream.waiting);
    stream.waiting.clear();
    return waiting;
  }

  private void closeIfUnused(String type) {
    synchronized (this) {
      OfType ofType = types.get(type);
      if (ofType == null || !ofType.streams.isEmpty()) return;
      types.remove(type);
      if (ofType.onOffer.isEmpty()) return;
    }
    leftOver.accept(type);
  }

  /// A gateway has gone, and all its streams with it.
  void forget(JobsAvailable session) {
    List<String> affected = new ArrayList<>();
    synchronized (this) {
      types.forEach(
          (type, ofType) -> {
            var keys = ofType.streams.keySet().stream().filter(k -> k.session() == session);
            var gone = keys.toList();
            gone.forEach(key -> end(ofType, key));
            if (!gone.isEmpty()) affected.add(type);
          });
    }
    affected.forEach(this::closeIfUnused);
  }

  synchronized void lead() {
    leading = true;
  }

  /// The lead was lost, or the broker stops.
  ///
  /// @param refusal told to all requests that wait
  void refuseAll(Consumer<Pending> refusal) {
    List<Pending> refused = new ArrayList<>();
    synchronized (this) {
      leading = false;
      for (OfType ofType : types.values()) {
        for (Stream stream : ofType.streams.values()) {
          stream.ended = true;
          refused.addAll(stream.waiting);
        }
      }
      types.clear();
      open = 0;
    }
    refused.forEach(refusal);
  }
}
