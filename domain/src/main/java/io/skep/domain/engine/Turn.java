package io.skep.domain.engine;

import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.job.Job;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.job.JobState;
import io.skep.domain.engine.outbox.OutboxEvent;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.ProcessReader;
import io.skep.domain.json.JsonObject;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The run to completion of one command. What deciders see of the world, and what they may do in
/// it.
public final class Turn {
  private static final JsonObject NOTHING = JsonObject.empty();

  private final State state;
  private final ProcessReader reader;
  private final int partitionCount;
  private final Outcome outcome;
  private final ScopeContext context;
  private final Queue<Command> followUps = new ArrayDeque<>();

  /// Positions of the commands that caused them. Only if there are records.
  private final Queue<Long> causes = new ArrayDeque<>();

  private final boolean recording;
  private long nowMs;
  private long request;
  private long position;
  private long source;
  private long cause;
  private boolean answered;

  Turn(State state, ProcessReader reader, int partitionCount, Outcome outcome, boolean recording) {
    this.state = state;
    this.reader = reader;
    this.partitionCount = partitionCount;
    this.outcome = outcome;
    this.recording = recording;
    this.context = new ScopeContext(state);
  }

  /// @param cause position of the command that brought this turn about, -1 if none did
  void begin(long nowMs, long seed, long request, long position, long cause) {
    this.nowMs = nowMs;
    this.request = request;
    this.position = position;
    this.cause = cause;
    this.answered = false;
    context.begin(nowMs, seed);
    followUps.clear();
    causes.clear();
  }

  /// Begins the next command within the turn.
  void step(Command command) {
    source = ++position;
    if (recording) outcome.records.add(new Record(position, cause, -1, nowMs, command, null));
  }

  long position() {
    return position;
  }

  /// The next thing that the turn gave itself to do, or `null` if there is none. [#step] follows.
  Command nextFollowUp() {
    Command next = followUps.poll();
    if (recording && next != null) cause = causes.remove();
    return next;
  }

  /// What the turn gave itself to do and will not.
  List<Command> leaveFollowUps() {
    var left = List.copyOf(followUps);
    followUps.clear();
    causes.clear();
    return left;
  }

  /// Without an answer the sender would wait for ever: the first answer counts, and a follow-up has
  /// none to give.
  boolean isAnswered() {
    return answered;
  }

  public State state() {
    return state;
  }

  public ProcessReader reader() {
    return reader;
  }

  public int partitionCount() {
    return partitionCount;
  }

  /// Epoch milliseconds, stamped by the leader, never going back.
  public long nowMs() {
    return nowMs;
  }

  /// The number by which the sender of this command can be answered later.
  public long request() {
    return request;
  }

  /// A key that was never used. The event that uses it must be appended in this turn.
  public long nextKey() {
    return state.nextKey();
  }

  /// The last key that was given out: what comes into being from now on has a higher one.
  public long lastKey() {
    return state.lastKey();
  }

  /// States a fact, and applies it.
  public void append(Event event) {
    state.apply(event);
    position++;
    outcome.events.add(event);
    if (recording)
      outcome.records.add(new Record(position, source, event.key(), nowMs, event, null));
    switch (event) {
      case JobEvent job -> noteAvailable(job.key());
      case IncidentEvent incident -> noteAvailable(incident.jobKey());
      case OutboxEvent.MessageSent _ -> outcome.hasMail = true;
      default -> {}
    }
  }

  private void noteAvailable(long jobKey) {
    if (jobKey == 0) return;
    Job job = state.jobs().get(jobKey);
    if (job != null
        && job.state() == JobState.ACTIVATABLE
        && !outcome.availableJobTypes.contains(job.type())) {
      outcome.availableJobTypes.add(job.type());
    }
  }

  /// Gives the turn something more to do, after all that it has to do already.
  public void then(Command followUp) {
    followUps.add(followUp);
    if (recording) causes.add(source);
  }

  /// Tells the sender of the command.
  public void answer(Answer answer) {
    outcome.answer = answer;
    answered = true;
  }

  /// Leaves the answer to a later turn.
  public void answerLater() {
    answered = true;
  }

  /// Tells the sender of an earlier command.
  public void reply(long request, Answer answer) {
    outcome.replies.add(new Outcome.Reply(request, answer));
  }

  /// Gives up the request of an earlier command: what it waits for cannot happen any more.
  public void abandon(long request) {
    outcome.abandoned.add(request);
  }

  /// Refuses the command. Nothing may have been appended for it.
  public void reject(Rejection.Reason reason, String message) {
    var rejection = new Rejection(reason, message);
    if (!answered) answer(rejection);
    if (recording) {
      Record command = outcome.records.removeLast();
      outcome.records.add(
          new Record(
              command.position(),
              command.sourcePosition(),
              -1,
              nowMs,
              command.content(),
              rejection));
    }
  }

  /// Has it in the record stream that a command which came from within was refused.
  public void noteRejected(Command command, Rejection rejection) {
    position++;
    if (recording) outcome.records.add(new Record(position, source, -1, nowMs, command, rejection));
  }

  /// Evaluates an expression against what is visible in a scope.
  public Evaluation evaluate(Expression expression, long scopeKey) {
    return expression.evaluate(context.of(scopeKey));
  }

  public static JsonObject nothing() {
    return NOTHING;
  }
}
