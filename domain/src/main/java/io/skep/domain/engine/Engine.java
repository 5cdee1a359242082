package io.skep.domain.engine;

import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.deployment.DeploymentCommand;
import io.skep.domain.engine.deployment.Deployments;
import io.skep.domain.engine.element.ElementCommand;
import io.skep.domain.engine.element.ElementCommand.ContinueFollowUps;
import io.skep.domain.engine.element.ElementEvent.FollowUpsLeft;
import io.skep.domain.engine.element.ElementEvent.FollowUpsTaken;
import io.skep.domain.engine.element.Elements;
import io.skep.domain.engine.incident.IncidentCommand;
import io.skep.domain.engine.incident.Incidents;
import io.skep.domain.engine.instance.InstanceCommand;
import io.skep.domain.engine.instance.Instances;
import io.skep.domain.engine.job.JobCommand;
import io.skep.domain.engine.job.Jobs;
import io.skep.domain.engine.message.MessageCommand;
import io.skep.domain.engine.message.Messages;
import io.skep.domain.engine.outbox.Mail;
import io.skep.domain.engine.outbox.OutboxCommand;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.outbox.OutboxCommand.RefuseMessage;
import io.skep.domain.engine.outbox.OutboxCommand.TakeMessage;
import io.skep.domain.engine.signal.SignalCommand;
import io.skep.domain.engine.signal.Signals;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.domain.engine.timer.TimerCommand;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.engine.timer.Timers;
import io.skep.domain.engine.variable.VariableCommand;
import io.skep.domain.engine.variable.Variables;
import io.skep.domain.expression.ProcessReader;
import java.util.ArrayList;
import java.util.List;

/// A partition: a deterministic state machine. Takes one command at a time and runs it to the end
/// of everything it causes without waiting. Two engines that are given the same commands, times and
/// seeds end in the same state.
///
/// Not safe for use by several threads.
public final class Engine {
  /// The newest behaviour that this program knows.
  public static final int LOGIC_VERSION = 1;

  /// How many follow-ups one turn may do. What exceeds them goes on in a later log entry. In the
  /// worst case each third of them reads an instance from the disk, which takes 0.06 ms there, and
  /// the partition should not stop for more than 10 ms.
  static final int MAX_FOLLOW_UPS = 500;

  /// How many due timers, jobs and messages one command sees to, each of which may have to be read
  /// from the disk. The others come with the next command.
  private static final int MAX_DUE = 64;

  /// After so many commands and events nothing more that is due begins: one thing may cause as many
  /// follow-ups as a turn may do.
  private static final int MAX_DUE_RECORDS = 2_000;

  private final State state;
  private final Outcome outcome = new Outcome();
  private final Turn turn;
  private int maxFollowUps = MAX_FOLLOW_UPS;
  private long position;
  private long nowMs;

  /// @param partitionCount how many partitions there are in all
  /// @param recording whether outcomes hold records
  public Engine(int partitionId, int partitionCount, ProcessReader reader, boolean recording) {
    this(new State(partitionId), partitionCount, reader, recording);
  }

  /// @param state as new
  Engine(State state, int partitionCount, ProcessReader reader, boolean recording) {
    this.state = state;
    state.processes().use(reader);
    turn = new Turn(state, reader, partitionCount, outcome, recording);
  }

  public State state() {
    return state;
  }

  /// The position of the last record.
  public long position() {
    return position;
  }

  /// The time of the last turn, epoch milliseconds.
  public long nowMs() {
    return nowMs;
  }

  /// When there is something to do without being asked, epoch milliseconds; [Long#MAX_VALUE] if
  /// never. To be met by [TriggerDue].
  public long nextDueAtMs() {
    return state.due().nextAtMs();
  }

  /// Whether [ContinueFollowUps] should be proposed.
  public boolean hasBacklog() {
    return !state.backlog().isEmpty();
  }

  /// For tests, so that small processes are cut into many turns. Every engine of a partition needs
  /// the same bound.
  void limitFollowUps(int maxFollowUps) {
    this.maxFollowUps = maxFollowUps;
  }

  /// @param archive where everything is going to be that checkpoints store
  public void use(Archive archive) {
    state.aggregates().use(archive);
  }

  /// Begins a checkpoint of the state as it is now, between two turns.
  public EngineCheckpoint checkpoint() {
    return new EngineCheckpoint(state, position, nowMs);
  }

  void restore(long position, long nowMs) {
    this.position = position;
    this.nowMs = nowMs;
  }

  /// Runs a command.
  ///
  /// @param timeMs the leader's time, epoch milliseconds
  /// @param seed where randomness starts
  /// @param request by which the sender can be answered later
  /// @return valid until the next call
  public Outcome process(Command command, long timeMs, long seed, long request) {
    nowMs = Math.max(nowMs, timeMs);
    outcome.clear();
    switch (command) {
      case TriggerDue _ -> triggerDue(seed);
      case ContinueFollowUps proposed -> continueFollowUps(proposed, seed);
      case ReceiveMessages delivery -> receiveMessages(delivery, seed);
      default -> run(command, seed, request, -1);
    }
    return outcome;
  }

  /// @param cause position of the command that brought this one about, -1 if none did
  /// @return whether it met no fault
  private boolean run(Command command, long seed, long request, long cause) {
    begin(seed, request, cause);
    try {
      decide(command);
      drain();
      if (!turn.isAnswered()) turn.answer(new Answer.Done(-1));
      position = turn.position();
      return true;
    } catch (ArchiveException e) {
      throw e;
    } catch (RuntimeException bug) {
      state.undoTurn();
      outcome.rollback();
      outcome.fault = bug;
      outcome.answer =
          new Rejection(
              Reason.PROCESSING_ERROR,
              "Expected to run %s, but met a fault in the engine: %s"
                  .formatted(command.getClass().getSimpleName(), bug));
      return false;
    }
  }

  private void begin(long seed, long request, long cause) {
    state.beginTurn();
    outcome.mark();
    turn.begin(nowMs, seed, request, position, cause);
  }

  private void drain() {
    int left = maxFollowUps;
    for (Command next; (next = turn.nextFollowUp()) != null; ) {
      if (left-- == 0) {
        var rest = new ArrayList<Command>();
        rest.add(next);
        rest.addAll(turn.leaveFollowUps());
        turn.append(new FollowUpsLeft(-1, rest));
        return;
      }
      decide(next);
    }
  }

  /// Each due thing is a turn of its own: a bug in one keeps none of the others from happening.
  private void triggerDue(long seed) {
    long enough = position + MAX_DUE_RECORDS;
    for (var due : state.due().dueAt(nowMs, MAX_DUE)) {
      if (position >= enough) break;
      Command command = Timers.commandFor(due);
      if (!run(command, seed ^ due.key(), -1, -1))
        run(new TimerCommand.PostponeDue(due), seed, -1, -1);
    }
    outcome.answer = new Answer.Done(-1);
  }

  /// Each message is a turn of its own: a bug in one keeps none of the others from taking effect.
  private void receiveMessages(ReceiveMessages delivery, long seed) {
    long cause = position + 1;
    if (!run(delivery, seed, -1, -1) || outcome.answer instanceof Rejection) return;
    long upToNumber = ((Answer.MessagesReceived) outcome.answer).upToNumber();
    for (TakeMessage take : Mail.taken(delivery, state)) {
      upToNumber = take.number();
      if (run(take, seed ^ upToNumber, -1, cause)) continue;
      var refuse =
          new RefuseMessage(
              take.fromPartition(), upToNumber, take.message(), String.valueOf(outcome.fault));
      run(refuse, seed, -1, cause);
    }
    outcome.answer = new Answer.MessagesReceived(upToNumber);
  }

  private void continueFollowUps(ContinueFollowUps proposed, long seed) {
    List<Command> commands = state.backlog().commands();
    begin(seed, -1, -1);
    try {
      turn.step(proposed);
      turn.append(new FollowUpsTaken(-1));
      commands.forEach(turn::then);
      drain();
      position = turn.position();
    } catch (ArchiveException e) {
      throw e;
    } catch (RuntimeException bug) {
      state.undoTurn();
      outcome.rollback();
      runOneByOne(proposed, commands, seed);
      outcome.fault = bug;
    }
    outcome.answer = new Answer.Done(-1);
  }

  /// One of many has a bug: it alone is left out.
  private void runOneByOne(ContinueFollowUps proposed, List<Command> commands, long seed) {
    long cause = position + 1;
    begin(seed, -1, -1);
    turn.step(proposed);
    turn.append(new FollowUpsTaken(-1));
    position = turn.position();
    for (Command command : commands) run(command, seed, -1, cause);
  }

  private void decide(Command command) {
    turn.step(command);
    switch (command) {
      case ElementCommand c -> Elements.process(c, turn);
      case JobCommand c -> Jobs.process(c, turn);
      case InstanceCommand c -> Instances.process(c, turn);
      case VariableCommand c -> Variables.process(c, turn);
      case TimerCommand c -> Timers.process(c, turn);
      case IncidentCommand c -> Incidents.process(c, turn);
      case MessageCommand c -> Messages.process(c, turn);
      case SignalCommand c -> Signals.process(c, turn);
      case DeploymentCommand c -> Deployments.process(c, turn);
      case OutboxCommand c -> Mail.process(c, turn);
    }
  }
}
