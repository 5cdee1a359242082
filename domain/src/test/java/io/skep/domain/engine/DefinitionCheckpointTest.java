package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.START_MS;
import static io.skep.domain.engine.EngineFixture.TENANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.deployment.ProcessTable;
import io.skep.domain.engine.instance.InstanceCommand.CancelProcessInstance;
import io.skep.domain.engine.store.Aggregates.RecordSink;
import io.skep.domain.engine.store.CorruptStateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Definitions are stored when they are deployed, and not again; old ones leave memory.
class DefinitionCheckpointTest {
  private static final int PLENTY = 1_000;

  private final FakeResources resources = new FakeResources();
  private final Engine engine = new Engine(1, 1, resources, false);
  private final CheckpointMemory memory = new CheckpointMemory();
  private final TreeMap<Long, byte[]> stored = new TreeMap<>();
  private final List<Long> given = new ArrayList<>();
  private byte[] head;
  private int files;

  @Test
  void shouldStoreADefinitionOnce() {
    // given
    engine.use(place -> stored.get(place));
    long first = deploy("a");
    checkpoint();
    int headBytes = head.length;

    // when
    long second = deploy("b");
    checkpoint();
    List<Long> givenWhenDeployed = List.copyOf(given);
    checkpoint();

    // then
    assertEquals(List.of(second), givenWhenDeployed);
    assertEquals(List.of(), given);
    assertTrue(head.length <= headBytes + 2, "the head does not grow: " + head.length);
    assertEquals(List.of(first, second), List.copyOf(stored.keySet()));
  }

  @Test
  void shouldKeepNewestVersionsAndThoseAskedForInMemory() {
    // given
    engine.use(place -> stored.get(place));
    long first = deploy("a");
    long second = deploy("a");
    deploy("a");

    // when
    for (int i = 0; i < 3; i++) {
      processes().get(second);
      checkpoint();
    }

    // then
    assertEquals(2, processes().residentCount());
    assertNull(processes().resident(first));

    // when
    assertEquals(1, processes().get(first).version());

    // then
    assertEquals(3, processes().residentCount());
  }

  @Test
  void shouldGoOnWithInstancesOfAVersionThatHasLeft() {
    // given
    deploy("a");
    long instance = create("a");
    deploy("a");
    leaveMemory();
    assertEquals(1, processes().residentCount());

    // when
    process(new CancelProcessInstance(instance));

    // then
    assertEquals(0, engine.state().elements().countInstances(processes().version("a", 1).key()));
  }

  @Test
  void shouldUseAnOldVersionAgainWhenTheNewestIsDeleted() {
    // given
    long first = deploy("a");
    long second = deploy("a");
    leaveMemory();
    assertNull(processes().resident(first));

    // when
    process(new DeleteResource(second));
    leaveMemory();

    // then
    assertEquals(first, processes().latest("a").key());
    assertEquals(3, processes().nextVersion("a"));
    Engine restored = memory.restore(new Engine(1, 1, resources, false), resources);
    assertEquals(EngineDigest.of(engine), EngineDigest.of(restored));
    assertEquals(3, restored.state().processes().nextVersion("a"));
  }

  @Test
  void shouldBeRestoredFromRecordsInAnyOrder() {
    // given
    deploy("a");
    create("a");
    deploy("b");
    create("b");
    leaveMemory();

    // when
    var restore = restore();
    memory.places().forEach((key, place) -> restore.aggregate(key, place, memory.read(place)));
    var reversed = restore();
    new TreeMap<>(memory.places())
        .descendingMap()
        .forEach((key, place) -> reversed.aggregate(key, place, memory.read(place)));

    // then
    long digest = EngineDigest.of(engine);
    assertEquals(digest, EngineDigest.of(restore.end()));
    assertEquals(digest, EngineDigest.of(reversed.end()));
  }

  @Test
  void shouldSayThatTheDefinitionOfAnInstanceIsMissing() {
    // given
    long definition = deploy("a");
    create("a");
    leaveMemory();
    var restore = restore();

    // when
    memory
        .places()
        .forEach(
            (key, place) -> {
              if (key != definition) restore.aggregate(key, place, memory.read(place));
            });

    // then
    var e = assertThrows(CorruptStateException.class, restore::end);
    assertTrue(e.getMessage().contains("process definition " + definition), e::getMessage);
  }

  private EngineRestore restore() {
    return new EngineRestore(new Engine(1, 1, resources, false), memory.head(), resources, memory);
  }

  private ProcessTable processes() {
    return engine.state().processes();
  }

  private long deploy(String id) {
    var model = ModelBuilder.process(id).start("start").task("work").end("end" + files).build();
    var file = resources.file(id + files++ + ".bpmn", model);
    Answer answer = process(new DeployResources(List.of(file), TENANT));
    return assertInstanceOf(Answer.ResourcesDeployed.class, answer).processes().getFirst().key();
  }

  private long create(String id) {
    Answer answer = process(EngineFixture.createCommand(id, "{}"));
    return assertInstanceOf(Answer.InstanceCreated.class, answer).processInstanceKey();
  }

  private Answer process(Command command) {
    Outcome outcome = engine.process(command, START_MS, 1, 1);
    assertNull(outcome.fault());
    return outcome.answer();
  }

  /// All that may leave does.
  private void leaveMemory() {
    memory.begin(engine);
    memory.finish();
  }

  /// What leaves is what was not used; a record's place is its key.
  private void checkpoint() {
    EngineCheckpoint checkpoint = engine.checkpoint();
    given.clear();
    RecordSink sink =
        (key, bytes, length) -> {
          given.add(key);
          stored.put(key, Arrays.copyOf(bytes, length));
        };
    while (checkpoint.give(sink)) {}
    head = checkpoint.head();
    given.forEach(key -> checkpoint.stored(key, key));
    checkpoint.end();
    while (checkpoint.leaveOne(PLENTY)) {}
  }
}
