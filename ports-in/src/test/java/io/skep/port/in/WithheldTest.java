package io.skep.port.in;

import static io.skep.port.in.SimulatedPartition.activate;
import static io.skep.port.in.SimulatedPartition.complete;
import static io.skep.port.in.SimulatedPartition.create;
import static io.skep.port.in.SimulatedPartition.createAwaiting;
import static io.skep.port.in.SimulatedPartition.oneTask;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Record;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.port.out.RecordSink;
import io.skep.port.out.Reply.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a replica keeps to itself that applies entries before they are committed.
class WithheldTest {
  private final BrokerWorld world = new BrokerWorld(1, 3);
  private final List<Record> records = new ArrayList<>();
  private final FakeSession gateway = new FakeSession();
  private SimulatedPartition partition;

  /// How many commands are run before one meets a fault outside of the engine.
  private int faultAfter = Integer.MAX_VALUE;

  /// Copies nothing: what it is given must stay as it is.
  private final class Records implements RecordSink {
    @Override
    public void accept(int partitionId, List<Record> given) {
      records.addAll(given);
    }

    /// Asked once for each command.
    @Override
    public boolean isOpen() {
      if (faultAfter-- == 0) throw new IllegalStateException("a fault");
      return true;
    }
  }

  @BeforeEach
  void lead() {
    world.records = new Records();
    partition = SimulatedPartition.alone(world);
    world.membership.lead(2, 0);
    world.membership.lead(3, 0);
    submit(partition.deployment(oneTask()));
    partition.log.settle();
    world.sent.sent.forEach(each -> each.answer(new Answer.MessagesReceived(1)));
    partition.log.settle();
    world.sent.sent.clear();
  }

  private Asker submit(Command command) {
    return partition.submit(0, command, gateway);
  }

  private Asker submitAndApply(Command command) {
    Asker asker = submit(command);
    partition.log.settle();
    return asker;
  }

  @Test
  void shouldAnswerAndGiveRecordsOnceItIsCommitted() {
    // given
    partition.member(0).keepSilent();
    int before = records.size();

    // when
    Asker first = submitAndApply(create("order"));
    Asker second = submitAndApply(create("order"));

    // then: applied, but nobody knows
    assertEquals(partition.log.committedIndex(), partition.member(0).appliedIndex());
    assertFalse(first.isTold());
    assertFalse(second.isTold());
    assertEquals(before, records.size());
    assertEquals(2, partition.replica(0).inFlight());

    // when
    partition.member(0).sayCommitted();

    // then
    assertInstanceOf(Answer.InstanceCreated.class, first.answer());
    assertInstanceOf(Answer.InstanceCreated.class, second.answer());
    for (int i = 1; i < records.size(); i++)
      assertEquals(records.get(i - 1).position() + 1, records.get(i).position());
    assertTrue(records.size() > before + 10);
    assertEquals(0, partition.replica(0).inFlight());
  }

  @Test
  void shouldTellGatewaysOfJobsAtOnceButGiveNone() {
    // given
    var stream =
        new StreamJobs(
            1,
            "streamed",
            "w",
            1_000,
            List.of(),
            List.of(SimulatedPartition.TENANT),
            1_000_000,
            List.of());
    Asker streaming = submit(stream);
    Asker empty = submit(activate("work"));
    partition.log.settle();
    assertTrue(empty.isTold());
    submit(partition.deployment(SimulatedPartition.oneTask("other", "streamed")));
    partition.log.settle();
    partition.member(0).keepSilent();

    // when
    submitAndApply(create("order"));
    submitAndApply(create("other"));
    Asker asking = submit(activate("work"));
    partition.log.settle();

    // then
    assertEquals(List.of("work"), gateway.news);
    assertFalse(asking.isTold());
    assertFalse(streaming.isTold());

    // when
    partition.member(0).sayCommitted();

    // then
    assertEquals(1, assertInstanceOf(JobsActivated.class, asking.answer()).jobs().size());
    assertEquals(1, assertInstanceOf(JobsActivated.class, streaming.answer()).jobs().size());
  }

  @Test
  void shouldSendMailOnceItIsCommitted() {
    // given
    partition.member(0).keepSilent();

    // when
    submit(partition.deployment(SimulatedPartition.oneTask("other", "work")));
    partition.log.settle();

    // then
    assertEquals(List.of(), world.sent.partitions());

    // when
    partition.member(0).sayCommitted();

    // then
    assertEquals(List.of(2, 3), world.sent.partitions());
  }

  @Test
  void shouldWithdrawWhatWillNotBeCommitted() {
    // given: somebody who waits for a result, and is about to get it
    Asker result = submitAndApply(createAwaiting("order"));
    ActivatedJob job = partition.jobs("work").getFirst();
    Asker cancelled = submitAndApply(createAwaiting("order"));
    long instance = partition.jobs("work").getFirst().processInstanceKey();
    Asker waiting = submitAndApply(createAwaiting("order"));
    partition.member(0).keepSilent();
    int before = records.size();
    Asker completing = submitAndApply(complete(job));
    Asker cancelling = submitAndApply(new CancelProcessInstance(instance));

    // when
    partition.replica(0).failed(new IOException("cannot sync"));
    partition.member(0).sayCommitted();

    // then
    for (Asker asker : List.of(result, cancelled, waiting, completing, cancelling))
      assertEquals(Reason.INTERRUPTED, asker.refusal());
    assertEquals(before, records.size());
    assertEquals(0, partition.replica(0).inFlight());
  }

  @Test
  void shouldTellEverybodyOnceIfAnEntryCannotBeApplied() {
    // given: somebody who waits for a result, and an entry of four commands
    Asker result = submitAndApply(createAwaiting("order"));
    ActivatedJob job = partition.jobs("work").getFirst();
    submit(create("order"));
    Asker completing = submit(complete(job));
    Asker awaiting = submit(createAwaiting("order"));
    Asker meetsFault = submit(create("order"));
    Asker behind = submit(create("order"));
    partition.log.commit();
    partition.member(0).applyAll();
    assertTrue(partition.log.commit());
    faultAfter = 2;

    // when
    partition.member(0).failToApply();
    partition.member(0).sayCommitted();

    // then
    for (Asker asker : List.of(result, completing, awaiting, meetsFault, behind))
      assertEquals(Reason.INTERRUPTED, asker.refusal());
    assertEquals(0, partition.replica(0).inFlight());
  }

  /// Somebody who is told, or not.
  private static final class Listener implements Withheld.News {
    private final List<String> said = new ArrayList<>();

    @Override
    public void tell() {
      said.add("told");
    }

    @Override
    public void withdraw() {
      said.add("withdrawn");
    }
  }

  @Test
  void shouldLeaveNobodyWaitingIfSomethingCannotBeTold() {
    // given
    var withheld = new Withheld();
    var before = new Listener();
    var after = new Listener();
    withheld.add(before);
    withheld.add(
        () -> {
          throw new IllegalStateException("a fault");
        });
    withheld.add(after);
    withheld.applied(1);

    // when
    assertThrows(IllegalStateException.class, () -> withheld.tell(1));
    withheld.withdraw();

    // then
    assertEquals(List.of("told"), before.said);
    assertEquals(List.of("withdrawn"), after.said);
  }

  @Test
  void shouldTellInOrderAndOnce() {
    // given
    var withheld = new Withheld();
    var told = new ArrayList<String>();
    withheld.add(() -> told.add("a"));
    withheld.add(() -> told.add("b"));
    withheld.applied(1);
    withheld.applied(2);
    withheld.add(() -> told.add("c"));
    withheld.applied(5);

    // when, then
    withheld.tell(0);
    assertEquals(List.of(), told);
    withheld.tell(4);
    assertEquals(List.of("a", "b"), told);
    withheld.tell(5);
    withheld.tell(5);
    withheld.withdraw();
    assertEquals(List.of("a", "b", "c"), told);
  }
}
