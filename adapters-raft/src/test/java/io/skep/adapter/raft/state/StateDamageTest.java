package io.skep.adapter.raft.state;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDamageTest {
  @TempDir Path root;
  private Path manifest;
  private Path newestFile;

  @BeforeEach
  void store() throws IOException {
    var directory =
        new StateDirectory(root.resolve("sm"), root.resolve("tmp"), StateStoreTest.GROUP);
    directory.clear();
    var replica = new ModelReplica(new SplittableRandom(7), 20);
    try (var store = new StateStore(directory, "")) {
      for (int i = 1; i <= 3; i++) {
        replica.create(10);
        replica.end(3);
        store.store(new SnapshotName(1, i), replica.checkpoint(), () -> false);
      }
      newestFile = store.latest().files(directory.directory()).getLast();
    }
    manifest = directory.manifests().getFirst();
  }

  private String failure(UUID group) {
    return assertThrows(IOException.class, () -> readAll(group)).getMessage();
  }

  private String failure() {
    return failure(StateStoreTest.GROUP);
  }

  private void readAll(UUID group) throws IOException {
    try (var state = KeptState.open(manifest, group, "")) {
      state.forEach((_, _, _) -> {});
    }
  }

  private void assertEveryDamagedByteIsNoticed(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);
      int where = at;
      assertThrows(IOException.class, () -> readAll(StateStoreTest.GROUP), () -> "byte " + where);
    }
    Files.write(file, whole);
    readAll(StateStoreTest.GROUP);
  }

  @Test
  void shouldNoticeEveryDamagedByteOfAManifest() throws IOException {
    assertEveryDamagedByteIsNoticed(manifest);
  }

  @Test
  void shouldNoticeEveryDamagedByteOfAStateFile() throws IOException {
    assertEveryDamagedByteIsNoticed(newestFile);
  }

  @Test
  void shouldNoticeEveryTearAndNameTheFile() throws IOException {
    byte[] whole = Files.readAllBytes(newestFile);
    for (int length = 0; length < whole.length; length++) {
      // when
      Files.write(newestFile, Arrays.copyOf(whole, length));

      // then
      String message = failure();
      assertTrue(message.contains(newestFile.toString()), message);
      assertTrue(message.contains("torn off"), message);
    }
  }

  @Test
  void shouldNoticeEveryTearOfAManifest() throws IOException {
    byte[] whole = Files.readAllBytes(manifest);
    for (int length = 0; length < whole.length; length++) {
      // when
      Files.write(manifest, Arrays.copyOf(whole, length));

      // then
      String message = failure();
      assertTrue(message.contains("torn off"), message);
    }
  }

  @Test
  void shouldNoticeThatAFileIsMissing() throws IOException {
    // when
    Files.delete(newestFile);

    // then
    String message = failure();
    assertTrue(message.contains(newestFile.toString()), message);
  }

  @Test
  void shouldNoticeAFileOfTheSameNumberFromElsewhere() throws IOException {
    // given
    byte[] before = Files.readAllBytes(newestFile);
    byte[] elsewhere = before.clone();
    // As another replica may have written it: whole, but of other content.
    elsewhere[before.length - 13] ^= 1;
    Files.write(newestFile, elsewhere);

    // when
    String message = failure();

    // then
    assertTrue(message.contains("another than the snapshot names"), message);
  }

  @Test
  void shouldNoticeAStateOfAnotherPartition() {
    // when
    String message = failure(new UUID(1, 3));

    // then
    assertTrue(message.contains("not snapshot.1_3 of group"), message);
  }

  @Test
  void shouldNoticeAManifestOfAnotherVersion() throws IOException {
    for (var expected : List.of("1, which an older version", "3, which a newer version")) {
      // given
      var bytes = ByteBuffer.wrap(Files.readAllBytes(manifest));
      bytes.putInt(8, expected.charAt(0) - '0');
      var crc = new CRC32C();
      crc.update(bytes.array(), 0, bytes.capacity() - 12);
      bytes.putInt(bytes.capacity() - 12, (int) crc.getValue());
      Files.write(manifest, bytes.array());

      // when
      String message = failure();

      // then
      assertTrue(message.contains(expected), message);
      assertTrue(message.contains("start that version again"), message);
    }
  }

  @Test
  void shouldNoticeAStateFileOfAnotherVersion() throws IOException {
    // given
    var bytes = ByteBuffer.wrap(Files.readAllBytes(newestFile));
    bytes.putInt(8, 2);
    Files.write(newestFile, bytes.array());

    // when
    String message = failure();

    // then
    assertTrue(message.contains("a newer version wrote"), message);
    assertTrue(message.contains(newestFile.toString()), message);
  }
}
