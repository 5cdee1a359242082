package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.SnapshotFile.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
  private static final Identity WHOSE = new Identity(new UUID(1, 2), 3, 4);

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("snapshot");
  }

  private byte[] write(byte[] state) throws IOException {
    return SnapshotFile.write(
        file(),
        WHOSE,
        out -> {
          out.write(state[0]);
          out.write(state, 1, state.length - 1);
        },
        () -> false);
  }

  private static byte[] state(int bytes) {
    var state = new byte[bytes];
    new Random(7).nextBytes(state);
    return state;
  }

  private String verificationFailure(Identity expected) {
    return assertThrows(IOException.class, () -> SnapshotFile.verify(file(), expected))
        .getMessage();
  }

  @Test
  void shouldGiveBackWhatWasWritten() throws Exception {
    for (int bytes : new int[] {1, 65_535, 65_536, 1_000_000}) {
      // given
      byte[] state = state(bytes);

      // when
      byte[] md5 = write(state);

      // then
      SnapshotFile.verify(file(), WHOSE);
      try (var in = SnapshotFile.open(file())) {
        assertArrayEquals(state, in.readAllBytes());
      }
      assertArrayEquals(MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file())), md5);
    }
  }

  @Test
  void shouldNoticeEverySingleDamagedByte() throws IOException {
    // given
    write(state(50));
    byte[] whole = Files.readAllBytes(file());

    for (int at = 0; at < whole.length; at++) {
      // when
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file(), damaged);

      // then
      int where = at;
      assertThrows(
          IOException.class, () -> SnapshotFile.verify(file(), WHOSE), () -> "byte " + where);
    }
  }

  @Test
  void shouldNoticeEveryTear() throws IOException {
    // given
    write(state(50));
    byte[] whole = Files.readAllBytes(file());

    for (int length = 0; length < whole.length; length++) {
      // when
      Files.write(file(), Arrays.copyOf(whole, length));

      // then
      assertTrue(verificationFailure(WHOSE).contains("torn off"));
    }
  }

  @Test
  void shouldNoticeASnapshotOfAnotherPartition() throws IOException {
    // given
    write(state(50));

    // when
    String failure = verificationFailure(new Identity(new UUID(1, 3), 3, 4));

    // then
    assertTrue(failure.contains("not of"), failure);
  }

  @Test
  void shouldNoticeASnapshotOfANewerVersion() throws IOException {
    // given
    write(state(50));
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file()));
    bytes.putInt(8, 2);
    var crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.capacity() - 20);
    bytes.putInt(bytes.capacity() - 12, (int) crc.getValue());
    Files.write(file(), bytes.array());

    // when
    String failure = verificationFailure(WHOSE);

    // then
    assertTrue(failure.contains("newer version"), failure);
  }

  @Test
  void shouldEndWhenCalledOff() {
    // given
    var calls = new int[1];

    // when
    var failure =
        assertThrows(
            IOException.class,
            () ->
                SnapshotFile.write(
                    file(),
                    WHOSE,
                    out -> {
                      for (int i = 0; i < 100; i++) out.write(new byte[10_000]);
                    },
                    () -> ++calls[0] > 2));

    // then
    assertTrue(failure.getMessage().contains("called off"));
    assertEquals(3, calls[0]);
    assertDoesNotThrow(() -> Files.size(file()));
  }
}
