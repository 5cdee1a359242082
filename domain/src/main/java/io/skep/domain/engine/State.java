package io.skep.domain.engine;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.deployment.DeploymentEvent;
import io.skep.domain.engine.deployment.DistributionTable;
import io.skep.domain.engine.deployment.ProcessTable;
import io.skep.domain.engine.deployment.StartSubscriptionTable;
import io.skep.domain.engine.element.ElementEvent;
import io.skep.domain.engine.element.ElementInstanceTable;
import io.skep.domain.engine.incident.IncidentEvent;
import io.skep.domain.engine.incident.IncidentTable;
import io.skep.domain.engine.instance.AwaitedResultTable;
import io.skep.domain.engine.instance.InstanceEvent;
import io.skep.domain.engine.job.JobEvent;
import io.skep.domain.engine.job.JobTable;
import io.skep.domain.engine.message.MessageEvent;
import io.skep.domain.engine.message.MessageSubscriptionTable;
import io.skep.domain.engine.message.MessageTable;
import io.skep.domain.engine.message.ProcessSubscriptionEvent;
import io.skep.domain.engine.message.ProcessSubscriptionTable;
import io.skep.domain.engine.message.StartLockTable;
import io.skep.domain.engine.outbox.MailboxTable;
import io.skep.domain.engine.outbox.OutboxEvent;
import io.skep.domain.engine.signal.SignalEvent;
import io.skep.domain.engine.signal.SignalSubscriptionTable;
import io.skep.domain.engine.store.Aggregates;
import io.skep.domain.engine.store.Fingerprints;
import io.skep.domain.engine.store.Journal;
import io.skep.domain.engine.timer.DueEvent;
import io.skep.domain.engine.timer.DueIndex;
import io.skep.domain.engine.timer.TimerEvent;
import io.skep.domain.engine.timer.TimerTable;
import io.skep.domain.engine.variable.VariableEvent;
import io.skep.domain.engine.variable.VariableTable;
import java.util.List;

/// All that a partition remembers. Changes by [#apply] alone.
public final class State {
  private final int partitionId;
  private final Journal journal;
  private final Aggregates aggregates;
  private final StateContents contents;
  private final DueIndex due;
  private final ProcessTable processes;
  private final DistributionTable distributions;
  private final ElementInstanceTable elements;
  private final AwaitedResultTable awaitedResults;
  private final VariableTable variables;
  private final JobTable jobs;
  private final TimerTable timers;
  private final IncidentTable incidents;
  private final MailboxTable mailboxes;
  private final StartSubscriptionTable startSubscriptions;
  private final MessageTable messages;
  private final MessageSubscriptionTable messageSubscriptions;
  private final ProcessSubscriptionTable processSubscriptions;
  private final StartLockTable startLocks;
  private final SignalSubscriptionTable signalSubscriptions;
  private final FollowUpBacklog backlog;
  private long lastKey;
  private long lastKeyBefore;

  public State(int partitionId) {
    this(partitionId, new Fingerprints());
  }

  State(int partitionId, Fingerprints fingerprints) {
    this.partitionId = partitionId;
    journal = new Journal();
    aggregates = new Aggregates(journal);
    due = new DueIndex(journal);
    processes = new ProcessTable(journal, aggregates);
    distributions = new DistributionTable(journal, due);
    elements = new ElementInstanceTable(journal, aggregates);
    awaitedResults = new AwaitedResultTable(journal, aggregates);
    variables = new VariableTable(journal, aggregates);
    jobs = new JobTable(journal, aggregates, due);
    timers = new TimerTable(journal, aggregates, due);
    incidents = new IncidentTable(journal, aggregates);
    mailboxes = new MailboxTable(journal);
    startSubscriptions = new StartSubscriptionTable(journal);
    messages = new MessageTable(journal, aggregates, fingerprints, due);
    messageSubscriptions = new MessageSubscriptionTable(journal, aggregates, fingerprints);
    processSubscriptions = new ProcessSubscriptionTable(journal, aggregates);
    startLocks = new StartLockTable(journal, aggregates, fingerprints);
    signalSubscriptions = new SignalSubscriptionTable(journal, aggregates, fingerprints);
    backlog = new FollowUpBacklog(journal);
    lastKey = Routing.key(partitionId, 0);
    contents = new StateContents(this);
    aggregates.use(contents);
  }

  void beginTurn() {
    journal.begin();
    lastKeyBefore = lastKey;
  }

  void undoTurn() {
    journal.undo();
    lastKey = lastKeyBefore;
  }

  /// A key that was never used. Its event must follow, or it may be given out again after a
  /// restart.
  long nextKey() {
    return ++lastKey;
  }

  long lastKey() {
    return lastKey;
  }

  void restoreLastKey(long key) {
    lastKey = key;
  }

  /// Applies a fact. Looks neither at the process model nor at a clock.
  public void apply(Event event) {
    long key = event.key();
    if (key > lastKey && Routing.ofKey(key) == partitionId) lastKey = key;
    switch (event) {
      case ElementEvent e -> {
        elements.apply(e);
        variables.apply(e);
        processes.apply(e);
        switch (e) {
          case ElementEvent.ElementTerminated terminated -> awaitedResults.apply(terminated);
          case ElementEvent.FollowUpsLeft(_, List<Command> commands) -> backlog.add(commands);
          case ElementEvent.FollowUpsTaken _ -> backlog.clear();
          default -> {}
        }
      }
      case JobEvent e -> {
        jobs.apply(e);
        elements.apply(e);
      }
      case VariableEvent e -> variables.apply(e);
      case TimerEvent e -> {
        timers.apply(e);
        elements.apply(e);
      }
      case DueEvent e -> due.apply(e);
      case IncidentEvent e -> {
        incidents.apply(e);
        elements.apply(e);
        jobs.apply(e);
      }
      case InstanceEvent e -> awaitedResults.apply(e);
      case DeploymentEvent e -> {
        processes.apply(e);
        startSubscriptions.apply(e);
        distributions.apply(e);
      }
      case MessageEvent e -> {
        messages.apply(e);
        messageSubscriptions.apply(e);
        startLocks.apply(e);
      }
      case ProcessSubscriptionEvent e -> {
        processSubscriptions.apply(e);
        elements.apply(e);
      }
      case SignalEvent e -> {
        signalSubscriptions.apply(e);
        elements.apply(e);
      }
      case OutboxEvent e -> mailboxes.apply(e);
    }
  }

  public int partitionId() {
    return partitionId;
  }

  /// What belongs together, for checkpoints.
  public Aggregates aggregates() {
    return aggregates;
  }

  StateContents contents() {
    return contents;
  }

  public DueIndex due() {
    return due;
  }

  public ProcessTable processes() {
    return processes;
  }

  public DistributionTable distributions() {
    return distributions;
  }

  public ElementInstanceTable elements() {
    return elements;
  }

  public AwaitedResultTable awaitedResults() {
    return awaitedResults;
  }

  public VariableTable variables() {
    return variables;
  }

  public JobTable jobs() {
    return jobs;
  }

  public TimerTable timers() {
    return timers;
  }

  public IncidentTable incidents() {
    return incidents;
  }

  public MailboxTable mailboxes() {
    return mailboxes;
  }

  public StartSubscriptionTable startSubscriptions() {
    return startSubscriptions;
  }

  public MessageTable messages() {
    return messages;
  }

  public MessageSubscriptionTable messageSubscriptions() {
    return messageSubscriptions;
  }

  public ProcessSubscriptionTable processSubscriptions() {
    return processSubscriptions;
  }

  public StartLockTable startLocks() {
    return startLocks;
  }

  public SignalSubscriptionTable signalSubscriptions() {
    return signalSubscriptions;
  }

  public FollowUpBacklog backlog() {
    return backlog;
  }
}
