package io.skep.port.in;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.incident.IncidentCommand.ResolveIncident;
import io.skep.domain.engine.store.Archive;
import io.skep.port.out.BrokerClient.JobsAvailable;
import io.skep.port.out.Checkpoint;
import io.skep.port.out.LogCodec;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.Replica;
import io.skep.port.out.StoredState;
import java.util.ArrayList;
import java.util.List;

/// A sequencer on a log of two members, and what was applied where it is.
final class SequencerFixture {
  static final int MAX_IN_FLIGHT = 20;
  private static final int COMMAND_BYTES = 100;

  final SimulatedTime time = new SimulatedTime();
  private final FakeCodec codec = new FakeCodec();
  final SimulatedLog log = new SimulatedLog();
  boolean hasRoom = true;
  final Sequencer sequencer =
      new Sequencer(
          1, codec, time, new InFlightLimit(LimitSettings.fixed(MAX_IN_FLIGHT)), () -> hasRoom);
  final List<LogCodec.Entry> applied = new ArrayList<>();
  final SimulatedLog.Member member = log.join(0, new AnsweringReplica(), 0);
  final SimulatedLog.Member other = log.join(1, new IdleReplica(), 0);

  SequencerFixture() {
    sequencer.use(member);
  }

  Asker submit(long number) {
    return submit(number, COMMAND_BYTES);
  }

  Asker submit(long number, int bytes) {
    var command = new ResolveIncident(number);
    return submit(command, codec.encode(command, bytes));
  }

  Asker submit(Command command) {
    return submit(command, codec.encode(command, COMMAND_BYTES));
  }

  Asker submit(Command command, JobsAvailable session) {
    return submit(command, codec.encode(command, COMMAND_BYTES), session);
  }

  private Asker submit(Command command, byte[] encoded) {
    return submit(command, encoded, null);
  }

  private Asker submit(Command command, byte[] encoded, JobsAvailable session) {
    var asker = new Asker();
    sequencer.submit(
        new Pending(command, encoded, session, asker, !EndsWork.isEndOfWork(command), 0));
    return asker;
  }

  static long number(Command command) {
    return ((ResolveIncident) command).incidentKey();
  }

  /// Answers each command and does nothing else.
  private final class AnsweringReplica extends IdleReplica {
    @Override
    public void apply(long index, byte[] content, PartitionLog.Proposal own) {
      applied.add(codec.decodeEntry(content));
      if (!(own instanceof Sequencer.Batch batch)) return;
      for (Pending pending : batch.commands) pending.answer(new Answer.Done(1));
      sequencer.applied();
      sequencer.answered(batch);
    }

    @Override
    public void leading(long term) {
      sequencer.lead(term, 0);
    }

    @Override
    public void notLeading() {
      sequencer.follow();
    }
  }

  private static class IdleReplica implements Replica {
    @Override
    public void apply(long index, byte[] content, PartitionLog.Proposal own) {}

    @Override
    public void committed(long index) {}

    @Override
    public void leading(long term) {}

    @Override
    public void notLeading() {}

    @Override
    public void hold() {}

    @Override
    public void release() {}

    @Override
    public boolean isDrained() {
      return true;
    }

    @Override
    public boolean isAwaited() {
      return false;
    }

    @Override
    public void failed(Throwable cause) {}

    @Override
    public void use(Archive archive) {}

    @Override
    public Checkpoint checkpoint() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean wantsCheckpoint() {
      return false;
    }

    @Override
    public void restore(StoredState stored) {
      throw new UnsupportedOperationException();
    }
  }
}
