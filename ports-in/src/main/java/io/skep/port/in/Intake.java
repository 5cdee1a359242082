package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.EndJobStream;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.signal.SignalCommand.BroadcastSignal;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Reply;
import java.util.List;

/// Takes in what clients and other brokers ask of a partition: answers what needs no turn of the
/// engine, keeps requests for jobs that wait, refuses what there is no room for, and hands the rest
/// on to the log.
final class Intake {
  private final int partitionId;
  private final PartitionEnvironment environment;
  private final Sequencer sequencer;
  private final JobWaiters jobWaiters;
  private final JobStreams jobStreams;
  private final DeferredRequests deferred;
  private final MailSender mailSender;

  Intake(
      int partitionId,
      PartitionEnvironment environment,
      Sequencer sequencer,
      JobWaiters jobWaiters,
      JobStreams jobStreams,
      DeferredRequests deferred,
      MailSender mailSender) {
    this.partitionId = partitionId;
    this.environment = environment;
    this.sequencer = sequencer;
    this.jobWaiters = jobWaiters;
    this.jobStreams = jobStreams;
    this.deferred = deferred;
    this.mailSender = mailSender;
  }

  /// See [PartitionCommands#submit].
  void submit(Command command, byte[] encoded, JobsAvailable session, Reply.Listener listener) {
    environment.metrics().received(partitionId);
    if (command instanceof StreamJobs || command instanceof EndJobStream) {
      stream(command, encoded, session, harmless(listener));
      return;
    }
    if (session != null
        && command instanceof ActivateJobs activate
        && isPlausible(activate)
        && sequencer.isLeading()
        && !jobWaiters.hasJobsOrWait(activate.type(), session)) {
      listener.onReply(new Reply.Answered(new Answer.JobsActivated(List.of(), false)));
      return;
    }
    if (!environment.disk().isEnoughToProcess()) {
      refuseForWantOfRoom(listener);
      return;
    }
    String tooMuch = tooMuch(command);
    if (tooMuch != null && sequencer.isLeading()) {
      harmless(listener).onReply(new Reply.Refused(Reply.Reason.RESOURCE_EXHAUSTED, tooMuch, -1));
      return;
    }
    sequencer.submit(
        new Pending(
            command,
            encoded,
            session,
            harmless(listener),
            !EndsWork.isEndOfWork(command),
            environment.clock().nanoTime()));
  }

  /// What is wrong with a request is for the engine to say, even if there are no jobs.
  private static boolean isPlausible(ActivateJobs command) {
    return !command.type().isBlank() && command.maxJobs() > 0 && command.timeoutMs() > 0;
  }

  private Reply.Listener harmless(Reply.Listener listener) {
    return new HarmlessListener(partitionId, environment, listener);
  }

  // ---- refusals

  private void refuseForWantOfRoom(Reply.Listener listener) {
    if (!sequencer.isLeading()) {
      listener.onReply(sequencer.notLeader());
      return;
    }
    harmless(listener)
        .onReply(
            new Reply.Refused(
                Reply.Reason.RESOURCE_EXHAUSTED,
                "%s: partition %d takes no commands until there is"
                    .formatted(environment.disk().shortage(), partitionId),
                -1));
  }

  /// Why a command cannot be taken that would make what waits here even more; else `null`.
  private String tooMuch(Command command) {
    int full = mailSender.fullFor();
    return switch (command) {
      case CreateProcessInstance create when create.result() != null && deferred.isFull() ->
          "Expected at most %d requests on partition %d to wait for the result of an instance, but there are as many: try again later"
              .formatted(DeferredRequests.FULL, partitionId);
      case CreateProcessInstance _, PublishMessage _, BroadcastSignal _ when full > 0 ->
          "Expected fewer than %d messages to wait on partition %d for partition %d, but there are as many: try again later"
              .formatted(MailSender.FULL, partitionId, full);
      default -> null;
    };
  }

  // ---- streams of jobs

  private void stream(
      Command command, byte[] encoded, JobsAvailable session, Reply.Listener listener) {
    var pending =
        new Pending(command, encoded, session, listener, false, environment.clock().nanoTime());
    switch (command) {
      case EndJobStream(long streamId, String type) -> {
        jobStreams.end(type, session, streamId);
        pending.answer(new Answer.Done(0));
      }
      default -> {
        if (!jobStreams.await(pending)) sequencer.refuseNotLeader(pending);
      }
    }
    countStreams();
  }

  private void countStreams() {
    environment.metrics().openJobStreams(partitionId, jobStreams.open());
  }

  /// Ends all streams: their gateways find out who leads now.
  void refuseStreams() {
    jobStreams.refuseAll(sequencer::refuseNotLeader);
    countStreams();
  }

  /// A gateway is no longer connected.
  void forget(JobsAvailable session) {
    jobWaiters.forget(session);
    jobStreams.forget(session);
    countStreams();
  }

  // ---- the end

  /// Takes no more commands.
  void stop() {
    sequencer.stop();
    refuseStreams();
  }
}
