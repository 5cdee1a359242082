package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.store.Archive;
import io.skep.domain.engine.store.ArchiveException;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.engine.variable.VariableCommand.SetVariables;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.expression.ProcessReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCheckpointTest {
  private final EngineFixture partition = new EngineFixture(1, 3);
  private final FakeResources reader = new FakeResources();
  private final List<Long> keys = new ArrayList<>();

  /// An instance with a bit of everything.
  @BeforeEach
  void createInstance() {
    ModelBuilder model =
        ModelBuilder.process("order")
            .start("start")
            .parallel("fork")
            .task("work")
            .interruptedBy("late", ModelBuilder.after("PT1H"))
            .end("late-end")
            .at("fork")
            .subProcess("sub")
            .start("inner-start")
            .task("typeless")
            .type(FakeExpression.variable("type"))
            .endSubProcess()
            .parallel("join")
            .at("fork")
            .to("join");
    Resource file = partition.file("order.bpmn", model.build());
    reader.file("order.bpmn", model.build());
    partition.deploy(file);
    partition.createAwaiting("order", "{\"x\":1}", "x");
    ActivatedJob job = partition.activate("work");
    partition.fail(job, 0, 0);
  }

  @Test
  void shouldStayAsItIsWhileTheEngineGoesOn() {
    // given
    long before = EngineDigest.of(partition.engine());
    var memory = new CheckpointMemory();
    memory.begin(partition.engine());

    // when
    long order = partition.state().aggregates().sortedKeys()[1];
    partition
        .engine()
        .process(
            new SetVariables(order, EngineFixture.json("{\"x\":2,\"y\":3}"), false),
            EngineFixture.START_MS,
            1,
            1);
    partition
        .engine()
        .process(EngineFixture.createCommand("order", "{}"), EngineFixture.START_MS, 2, 2);
    partition.engine().process(new CancelProcessInstance(order), EngineFixture.START_MS, 3, 3);
    memory.finish();

    // then
    assertEquals(before, EngineDigest.of(memory.restore(new Engine(1, 3, reader, false), reader)));
    assertNotEquals(before, EngineDigest.of(partition.engine()));
  }

  @Test
  void shouldRefuseTheStateOfAnotherPartition() {
    // when
    var e = assertThrows(CorruptStateException.class, () -> read(parts(), 2, reader));

    // then
    assertEquals(
        "Expected the state of partition 2, but it is that of partition 1", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"4,an older", "6,a newer"})
  void shouldRefuseFormatsOfOtherVersions(int format, String version) {
    // given
    List<byte[]> parts = parts();
    parts.getFirst()[0] = new StateWriter().writeInt(format).toBytes()[0];

    // when
    var e = assertThrows(CorruptStateException.class, () -> read(parts, 1, reader));

    // then
    assertEquals(
        "Expected state format 5, but it is %d: it was written by %s version"
            .formatted(format, version),
        e.getMessage());
  }

  @Test
  void shouldRefuseAProcessThatCanNoLongerBeRead() {
    // when
    var e =
        assertThrows(
            CorruptStateException.class,
            () -> read(parts(), 1, (_, _) -> new ProcessReader.Unreadable("no")));

    // then
    assertTrue(e.getMessage().contains("'order'"), e::getMessage);
  }

  @Test
  void shouldReadBrokenBytesOrSayThatTheyAreBroken() {
    // given
    List<byte[]> parts = parts();
    read(parts, 1, reader);
    var random = new SplittableRandom(1);

    // when
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      var broken = new ArrayList<byte[]>();
      for (byte[] part : parts) broken.add(part.clone());
      byte[] part = broken.get(random.nextInt(broken.size()));
      part[random.nextInt(part.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        read(broken, 1, reader);
      } catch (CorruptStateException e) {
        refused++;
      }
    }

    // then: a flipped bit in a number or a text can go unnoticed here; files have checksums
    assertTrue(refused > 500, "refused: " + refused);
  }

  @Test
  void shouldRefusePartsThatAreCutShort() {
    // given
    List<byte[]> parts = parts();

    // then
    for (int i = 0; i < parts.size(); i++) {
      for (int length = 0; length < parts.get(i).length; length++) {
        var cut = new ArrayList<>(parts);
        cut.set(i, Arrays.copyOf(parts.get(i), length));
        assertThrows(CorruptStateException.class, () -> read(cut, 1, reader));
      }
    }
  }

  @Test
  void shouldStopRatherThanUndoATurnWhenStateCannotBeReadBack() {
    // given
    var memory = checkpoint();
    Engine restored = memory.restore(new Engine(1, 3, reader, false), reader);
    long order = restored.state().aggregates().sortedKeys()[1];
    restored.state().aggregates().use(Archive.EMPTY);

    // then
    assertThrows(
        ArchiveException.class,
        () -> restored.process(new CancelProcessInstance(order), EngineFixture.START_MS, 1, 1));
  }

  private CheckpointMemory checkpoint() {
    var memory = new CheckpointMemory();
    memory.begin(partition.engine());
    memory.finish();
    return memory;
  }

  /// The head, then the aggregates.
  private List<byte[]> parts() {
    CheckpointMemory memory = checkpoint();
    var parts = new ArrayList<byte[]>();
    parts.add(memory.head());
    keys.clear();
    keys.addAll(memory.records().keySet());
    parts.addAll(memory.records().values());
    return parts;
  }

  private Engine read(List<byte[]> parts, int partitionId, ProcessReader reader) {
    var restore =
        new EngineRestore(
            new Engine(partitionId, 3, reader, false), parts.getFirst(), reader, Archive.EMPTY);
    for (int i = 1; i < parts.size(); i++) restore.aggregate(keys.get(i - 1), i, parts.get(i));
    return restore.end();
  }
}
