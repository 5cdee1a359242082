package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.Answer.Done;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameTest {

  /// A frame, how it is written and its bytes in version 1 of the schema, which must not change.
  record Kind(Frame frame, Consumer<FrameWriter> writer, String pinned) {
    byte[] bytes() {
      return RawPeer.frame(writer);
    }

    byte[] withoutLength() {
      byte[] bytes = bytes();
      return Arrays.copyOfRange(bytes, FrameWriter.LENGTH_BYTES, bytes.length);
    }
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind(
            new Frame.Hello(1, "c", "m"),
            writer -> writer.hello("c", "m"),
            "14000000020001005a0a010001000100000063010000006d"),
        new Kind(
            new Frame.Goodbye(GoodbyeReason.STOPPING, "m"),
            writer -> writer.goodbye(GoodbyeReason.STOPPING, "m"),
            "0e000000010002005a0a010003010000006d"),
        new Kind(new Frame.Heartbeat(), FrameWriter::heartbeat, "08000000000003005a0a0100"),
        new Kind(
            new Frame.Replied(5, new Answered(new Done(6))),
            writer -> writer.reply(5, new Answered(new Done(6))),
            "24000000080005005a0a010005000000000000001000000008002d015a0a01000600000000000000"),
        new Kind(
            new Frame.Replied(5, new Refused(Reason.NOT_LEADER, "m", 2)),
            writer -> writer.reply(5, new Refused(Reason.NOT_LEADER, "m", 2)),
            "1a0000000d0006005a0a010005000000000000000200000000010000006d"),
        new Kind(
            new Frame.JobsAvailable(3, "t"),
            writer -> writer.jobsAvailable(3, "t"),
            "11000000040007005a0a0100030000000100000074"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldWriteAndReadFramesAsEver(Kind kind) {
    // when
    byte[] bytes = kind.withoutLength();

    // then
    assertEquals(kind.frame(), FrameReader.read(bytes, bytes.length));
    assertEquals(kind.pinned(), inVersion1(kind.bytes()));
  }

  @Test
  void shouldWriteAndReadRequestsAsEver() {
    // when
    byte[] bytes = RawPeer.frame(writer -> writer.request(5, 3, 7, new byte[] {8, 9}));

    // then
    byte[] message = Arrays.copyOfRange(bytes, FrameWriter.LENGTH_BYTES, bytes.length);
    var request = assertInstanceOf(Frame.Request.class, FrameReader.read(message, message.length));
    assertEquals(5, request.requestId());
    assertEquals(3, request.partitionId());
    assertEquals(7, request.timeoutMs());
    assertEquals("0809", HexFormat.of().formatHex(request.command()));
    assertEquals(
        "22000000140004005a0a01000500000000000000030000000700000000000000020000000809",
        inVersion1(bytes));
  }

  @Test
  void shouldReadRequestsOfMembersThatDoNotSayHowLongTheyWait() {
    // given
    byte[] message =
        HexFormat.of().parseHex("0c0004005a0a0200050000000000000003000000020000000809");

    // when
    var request = assertInstanceOf(Frame.Request.class, FrameReader.read(message, message.length));

    // then
    assertEquals(5, request.requestId());
    assertEquals(3, request.partitionId());
    assertEquals(0, request.timeoutMs());
    assertEquals("0809", HexFormat.of().formatHex(request.command()));
  }

  /// A later version of the schema says so in each header, and may change nothing else here.
  private static String inVersion1(byte[] bytes) {
    String header = "5a0a%02x00".formatted(MessageHeaderEncoder.SCHEMA_VERSION);
    return HexFormat.of().formatHex(bytes).replace(header, "5a0a0100");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void shouldHaveAFrameForWhateverComes(Kind kind) {
    // given
    var random = new SplittableRandom(Long.getLong("seed", 1));
    byte[] whole = kind.withoutLength();
    for (int length = 0; length < whole.length; length++) {
      // when, then
      Frame cut = FrameReader.read(whole, length);
      assertTrue(cut instanceof Frame.Broken || cut instanceof Frame.Garbage, cut::toString);
    }
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = whole.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      assertNotNull(FrameReader.read(bytes, bytes.length));
    }
  }
}
