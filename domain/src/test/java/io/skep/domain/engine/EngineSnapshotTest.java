package io.skep.domain.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.store.CorruptStateException;
import io.skep.domain.engine.store.StateWriter;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.expression.ProcessReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSnapshotTest {
  private final EngineFixture partition = new EngineFixture(1, 3);
  private final FakeResources reader = new FakeResources();

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
    EngineSnapshot snapshot = EngineSnapshot.of(partition.engine());
    long before = snapshot.digest();

    // when
    partition.setVariables(partition.element("order").key(), "{\"x\":2,\"y\":3}");
    partition.create("order");
    partition.cancel(partition.elements("order").getFirst().key());

    // then
    assertEquals(before, snapshot.digest());
    assertNotEquals(before, EngineSnapshot.of(partition.engine()).digest());
  }

  @Test
  void shouldRefuseTheStateOfAnotherPartition() {
    // when
    var e = assertThrows(CorruptStateException.class, () -> read(chunks(), 2, reader));

    // then
    assertEquals(
        "Expected the state of partition 2, but it is that of partition 1", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"1,an older", "3,a newer"})
  void shouldRefuseFormatsOfOtherVersions(int format, String version) {
    // given
    List<byte[]> chunks = chunks();
    chunks.getFirst()[0] = new StateWriter().writeInt(format).toBytes()[0];

    // when
    var e = assertThrows(CorruptStateException.class, () -> read(chunks, 1, reader));

    // then
    assertEquals(
        "Expected state format 2, but it is %d: it was written by %s version"
            .formatted(format, version),
        e.getMessage());
  }

  @Test
  void shouldRefuseAProcessThatCanNoLongerBeRead() {
    // when
    var e =
        assertThrows(
            CorruptStateException.class,
            () -> read(chunks(), 1, (_, _) -> new ProcessReader.Unreadable("no")));

    // then
    assertTrue(e.getMessage().contains("'order'"), e::getMessage);
  }

  @Test
  void shouldReadBrokenBytesOrSayThatTheyAreBroken() {
    // given
    List<byte[]> chunks = chunks();
    read(chunks, 1, reader);
    var random = new SplittableRandom(1);

    // when
    int refused = 0;
    for (int i = 0; i < 3_000; i++) {
      var broken = new ArrayList<byte[]>();
      for (byte[] chunk : chunks) broken.add(chunk.clone());
      byte[] chunk = broken.get(random.nextInt(broken.size() - 1));
      chunk[random.nextInt(chunk.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        read(broken, 1, reader);
      } catch (CorruptStateException e) {
        refused++;
      }
    }

    // then: a flipped bit in a number or a text can go unnoticed here; the file has a checksum
    assertTrue(refused > 500, "refused: " + refused);
  }

  @Test
  void shouldRefuseChunksThatAreCutShort() {
    // given
    List<byte[]> chunks = chunks();

    // then
    for (int i = 0; i < chunks.size() - 1; i++) {
      for (int length = 1; length < chunks.get(i).length; length++) {
        var cut = new ArrayList<>(chunks);
        cut.set(i, Arrays.copyOf(chunks.get(i), length));
        assertThrows(CorruptStateException.class, () -> read(cut, 1, reader));
      }
    }
  }

  private List<byte[]> chunks() {
    var chunks = new ArrayList<byte[]>();
    EngineSnapshot.of(partition.engine())
        .writeTo((bytes, length) -> chunks.add(Arrays.copyOf(bytes, length)));
    return chunks;
  }

  private static Engine read(List<byte[]> chunks, int partitionId, ProcessReader reader) {
    return EngineSnapshot.read(new ArrayDeque<>(chunks)::remove, partitionId, 3, reader, false);
  }
}
