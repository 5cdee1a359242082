package io.skep.adapter.raft.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
  @TempDir Path root;
  private Path sm;
  private Path tmp;
  private StateDirectory directory;

  @BeforeEach
  void storeOne() throws IOException {
    sm = root.resolve("sm");
    tmp = root.resolve("tmp");
    directory = new StateDirectory(sm, tmp, StateStoreTest.GROUP);
    directory.clear();
    var replica = new ModelReplica(new SplittableRandom(7), 50);
    replica.create(100);
    try (var store = new StateStore(directory, "")) {
      store.store(new SnapshotName(1, 5), replica.checkpoint(), () -> false);
    }
  }

  /// As Ratis receives a snapshot: beside what is there.
  private Path receive() throws IOException {
    Path received = Files.createDirectory(tmp.resolve("snapshot-1"));
    for (var name : List.of("state.0", "snapshot.1_5")) {
      Files.copy(sm.resolve(name), received.resolve(name));
      Files.writeString(received.resolve(name + ".md5"), "something");
    }
    return received;
  }

  @Test
  void shouldAcceptAWholeSnapshotFromALeader() throws IOException {
    // given
    Path received = receive();

    // when
    directory.receive();

    // then
    assertTrue(Files.exists(received.resolve("snapshot.1_5")));
  }

  @Test
  void shouldRefuseADamagedSnapshotFromALeaderAndKeepItsOwn() throws IOException {
    // given
    Path received = receive();
    byte[] content = Files.readAllBytes(received.resolve("state.0"));
    content[content.length / 2] ^= 1;
    Files.write(received.resolve("state.0"), content);

    // when
    var failure = assertThrows(IOException.class, directory::receive);

    // then
    assertTrue(failure.getMessage().contains("state.0"), failure.getMessage());
    assertTrue(!Files.exists(received));
    assertEquals(1, directory.manifests().size());
  }

  @Test
  void shouldClearAwayAnInstallationThatEndedEarly() throws IOException {
    // given
    Path received = receive();
    Files.delete(received.resolve("snapshot.1_5"));

    // when
    directory.receive();

    // then
    assertTrue(!Files.exists(received));
  }

  @Test
  void shouldTakeItsOwnBackAfterACrashBetweenTheTwoRenamesOfAnInstallation() throws IOException {
    // given
    receive();
    Files.move(sm, root.resolve("sm.tmp20260101"));

    // when
    directory.clear();

    // then
    assertEquals(List.of(sm.resolve("snapshot.1_5")), directory.manifests());
    try (var siblings = Files.list(root)) {
      assertEquals(List.of(sm, tmp), siblings.sorted().toList());
    }
    KeptState.open(sm.resolve("snapshot.1_5"), StateStoreTest.GROUP, "").close();
  }

  @Test
  void shouldRemoveWhatAnInstallationHasReplaced() throws IOException {
    // given
    Path replaced = Files.createDirectory(root.resolve("sm.tmp20260101"));
    Files.copy(sm.resolve("snapshot.1_5"), replaced.resolve("snapshot.1_3"));

    // when
    directory.clear();

    // then
    assertTrue(!Files.exists(replaced));
    assertEquals(List.of(sm.resolve("snapshot.1_5")), directory.manifests());
  }
}
