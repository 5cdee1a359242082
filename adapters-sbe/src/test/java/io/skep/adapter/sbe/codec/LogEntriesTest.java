package io.skep.adapter.sbe.codec;

import static io.skep.adapter.sbe.codec.MadeUpMessages.describe;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.schema.MessageHeaderDecoder;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.engine.timer.TimerCommand.TriggerDue;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.MalformedCommandException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntriesTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final String REPEAT = "repeat with -Dseed=" + SEED;
  private static final Batch BATCH = new Batch(3, 1_700_000_000_000L, -77, 12);
  private static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

  private final SbeLogCodec codec = new SbeLogCodec();
  private final MadeUpMessages random = new MadeUpMessages(MadeUpValues.random(SEED));

  @Test
  void shouldReadEntriesAsTheyWereWritten() {
    // given
    List<Command> commands = IntStream.range(0, 300).mapToObj(_ -> random.command()).toList();

    // when
    byte[] bytes = codec.encodeEntry(BATCH, commands.stream().map(codec::encode).toList());
    var entry = codec.decodeEntry(bytes);

    // then
    assertEquals(BATCH, entry.batch());
    assertEquals(describe(commands), describe(entry.commands()), REPEAT);
  }

  @Test
  void shouldReadAnEntryWithoutCommands() {
    // when
    var entry = codec.decodeEntry(codec.encodeEntry(BATCH, List.of()));

    // then
    assertEquals(List.of(), entry.commands());
  }

  @Test
  void shouldReadCommandsOfSeveralVersionsInOneEntry() {
    // given
    List<Command> commands = IntStream.range(0, 300).mapToObj(_ -> random.command()).toList();
    var encoded = new ArrayList<byte[]>();
    for (int i = 0; i < commands.size(); i++) {
      byte[] bytes = codec.encode(commands.get(i));
      encoded.add(
          switch (i % 3) {
            case 0 -> ofVersion(bytes, VERSION - 1);
            case 1 -> ofNewerVersion(bytes);
            default -> bytes;
          });
    }

    // when
    var entry = codec.decodeEntry(codec.encodeEntry(BATCH, encoded));

    // then
    assertEquals(describe(commands), describe(entry.commands()), REPEAT);
  }

  private static byte[] ofVersion(byte[] bytes, int version) {
    byte[] other = bytes.clone();
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putShort(6, (short) version);
    return other;
  }

  /// With a field of 300 bytes that nobody knows yet, so that its fixed part has more bytes than
  /// one byte counts.
  private static byte[] ofNewerVersion(byte[] bytes) {
    int blockLength = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(0);
    int blockEnd = Message.HEADER_BYTES + blockLength;
    return ByteBuffer.allocate(bytes.length + 300)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(bytes, 0, blockEnd)
        .put(blockEnd + 300, bytes, blockEnd, bytes.length - blockEnd)
        .putShort(0, (short) (blockLength + 300))
        .putShort(6, (short) (VERSION + 1))
        .array();
  }

  @Test
  void shouldTakeAsManyBytesAsPromised() {
    // given
    var commands = new ArrayList<byte[]>();
    int own = codec.encodeEntry(BATCH, List.of()).length;
    int promised = own;
    for (int i = 0; i < 300; i++) {
      byte[] command = codec.encode(random.command());
      if (i % 3 == 0) command = ofVersion(command, VERSION - 1);
      if (i % 3 == 1) command = ofNewerVersion(command);
      commands.add(command);
      promised += codec.entryBytes(command) - own;

      // when
      int alone = codec.encodeEntry(BATCH, List.of(command)).length;
      int together = codec.encodeEntry(BATCH, commands).length;

      // then
      assertEquals(codec.entryBytes(command), alone, REPEAT);
      assertEquals(promised, together, REPEAT);
    }
  }

  /// The lengths at which a length takes another byte.
  @ParameterizedTest
  @CsvSource({"127, 1", "128, 2", "16383, 2", "16384, 3", "2097151, 3", "2097152, 4"})
  void shouldReadCommandsOfEveryLength(int length, int lengthBytes) {
    // given a command of which the entry holds two bytes, a key, the length of its variables and
    // these
    var text = "{\"a\":\"" + "x".repeat(length - 2 - Long.BYTES - Integer.BYTES - 8) + "\"}";
    var command = new CompleteJob(1, JsonObject.parse(text.getBytes(UTF_8)));
    byte[] encoded = codec.encode(command);
    int own = codec.encodeEntry(BATCH, List.of()).length;

    // when
    byte[] bytes = codec.encodeEntry(BATCH, List.of(encoded, encoded));

    // then
    assertEquals(own + 2 * (lengthBytes + length), bytes.length);
    assertEquals(own + lengthBytes + length, codec.entryBytes(encoded));
    assertEquals(List.of(command, command), codec.decodeEntry(bytes).commands());
  }

  @Test
  void shouldSpareTheHeaderOfCommandsOfItsOwnVersion() {
    // given
    byte[] command = codec.encode(new UpdateJobRetries(1, 2));
    int own = codec.encodeEntry(BATCH, List.of()).length;

    // when
    int bytes = codec.encodeEntry(BATCH, List.of(command)).length - own;
    int ofOther = codec.encodeEntry(BATCH, List.of(ofVersion(command, VERSION - 1))).length - own;

    // then its length, its template, that of its fixed part, a key and a number
    assertEquals(1 + 1 + 1 + Long.BYTES + Integer.BYTES, bytes);
    assertEquals(1 + 1 + command.length, ofOther);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // no header
        "0000960051040400", // another schema
        "00000f275a0a0400", // an unknown template that a byte cannot hold
        "000013005a0a0400", // a template below those of commands
        "0000c8005a0a0400", // an unknown template
        "2c0196005a0a0400" // a fixed part that the message does not have
      })
  void shouldRefuseToReadWhatIsNoCommand(String command) {
    // given
    byte[] none = HexFormat.of().parseHex(command);
    byte[] some = codec.encode(new TriggerDue());

    // when
    byte[] entry = codec.encodeEntry(BATCH, List.of(some, none, some));

    // then
    assertEquals(codec.entryBytes(none), codec.encodeEntry(BATCH, List.of(none)).length);
    assertThrows(MalformedCommandException.class, () -> codec.decodeEntry(entry));
  }

  @ParameterizedTest
  @CsvSource({
    "00, there are no bytes",
    "0133, it has 1",
    "7f3300, it claims 127",
    "ffffffff0f3300, it claims 4294967295",
    "ffffffff7f3300, it claims 34359738367",
    "ffffffffff013300, it is longer",
    "8080808080003300, it is longer",
    "ff, it ends",
    "0100, only 0",
    "0500000096005a, only 4",
    "023304, fixed part",
    "03330001, 0 bytes"
  })
  void shouldRefusePackedCommandsThatAreMalformed(String packed, String problem) {
    // given
    byte[] command = codec.encode(new TriggerDue());
    byte[] before = codec.encodeEntry(BATCH, List.of(command, command));
    byte[] malformed = HexFormat.of().parseHex(packed);
    int own = codec.encodeEntry(BATCH, List.of()).length;
    byte[] bytes = Arrays.copyOf(before, before.length + malformed.length);
    System.arraycopy(malformed, 0, bytes, before.length, malformed.length);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(own - Integer.BYTES, bytes.length - own);

    // when
    var failure = assertThrows(MalformedCommandException.class, () -> codec.decodeEntry(bytes));

    // then
    assertTrue(failure.getMessage().contains(problem), failure.getMessage());
  }
}
