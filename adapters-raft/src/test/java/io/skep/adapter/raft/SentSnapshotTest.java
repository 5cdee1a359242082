package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.state.Manifest;
import io.skep.adapter.raft.state.SnapshotName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SentSnapshotTest {
  private final SentSnapshot snapshot =
      new SentSnapshot(
          new Manifest(new UUID(1, 2), new SnapshotName(3, 4), new byte[0], List.of()),
          Path.of("somewhere"));

  @Test
  void shouldSendTheManifestLast() {
    assertEquals(Path.of("somewhere", "snapshot.3_4"), snapshot.getFiles().getLast().getPath());
    assertEquals(3, snapshot.getTerm());
    assertEquals(4, snapshot.getIndex());
  }

  @Test
  void shouldBeNeededAsLongAsPiecesOfItAreRead() {
    // given
    assertFalse(snapshot.isNeeded(System.nanoTime()));

    // when
    snapshot.getFiles();

    // then
    long now = System.nanoTime();
    assertTrue(snapshot.isNeeded(now + Duration.ofSeconds(110).toNanos()));
    assertFalse(snapshot.isNeeded(now + Duration.ofSeconds(121).toNanos()));
  }
}
