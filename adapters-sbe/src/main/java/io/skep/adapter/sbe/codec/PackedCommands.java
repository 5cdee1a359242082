package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.domain.engine.Command;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/// A log entry's commands, each with no more around it than it needs. The schema tells the form.
///
/// Most bytes of a small command would be its length and header, and most of those are the same for
/// all. The header is left out of those that have the entry's schema version; others, of gateways
/// that are older or newer, keep it.
final class PackedCommands {
  /// In place of a template, before a command with a header of its own.
  private static final int OWN_HEADER = 0;

  private static final int FIRST_TEMPLATE = 100;
  private static final int LAST_TEMPLATE = 299;

  /// The template, and the length of the fixed part.
  private static final int HEAD_BYTES = 2;

  /// A header as one number: from the low end two bytes each of block length, template id, schema
  /// id and version.
  private static final VarHandle HEADER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// The upper half of a header that need not be written.
  private static final int ENTRYS_OWN =
      MessageHeaderEncoder.SCHEMA_VERSION << 16 | MessageHeaderEncoder.SCHEMA_ID;

  private PackedCommands() {}

  /// How many bytes a command takes.
  static int bytes(byte[] command) {
    int length = rest(command, isHeaderSpared(command));
    // Seven bits of it to the byte.
    return (38 - Integer.numberOfLeadingZeros(length)) / 7 + length;
  }

  /// How many bytes follow the length.
  private static int rest(byte[] command, boolean headerSpared) {
    return headerSpared
        ? HEAD_BYTES + command.length - Message.HEADER_BYTES
        : Math.addExact(1, command.length);
  }

  private static boolean isHeaderSpared(byte[] command) {
    if (command.length < Message.HEADER_BYTES) return false;
    long header = (long) HEADER.get(command, 0);
    int templateId = templateId(header);
    return (int) (header >>> 32) == ENTRYS_OWN
        && templateId >= FIRST_TEMPLATE
        && templateId <= LAST_TEMPLATE
        && (header & 0xFFFF) <= 0xFF;
  }

  private static int templateId(long header) {
    return (int) header >>> 16;
  }

  /// @return index of the byte behind it
  static int write(byte[] command, byte[] to, int at) {
    boolean headerSpared = isHeaderSpared(command);
    int rest = rest(command, headerSpared);
    for (; rest > 0x7F; rest >>>= 7) to[at++] = (byte) (rest | 0x80);
    to[at++] = (byte) rest;
    int from = 0;
    if (headerSpared) {
      long header = (long) HEADER.get(command, 0);
      to[at++] = (byte) (templateId(header) - FIRST_TEMPLATE + 1);
      to[at++] = (byte) header;
      from = Message.HEADER_BYTES;
    } else {
      to[at++] = OWN_HEADER;
    }
    System.arraycopy(command, from, to, at, command.length - from);
    return at + command.length - from;
  }

  /// @param entry what they are a part of
  /// @param packed all of them
  static List<Command> read(Message entry, DirectBuffer packed) {
    var commands = new ArrayList<Command>();
    int end = packed.capacity();
    for (int at = 0; at < end; ) {
      long length = 0;
      byte next;
      int shift = 0;
      do {
        if (shift == 35) throw malformed("a length of up to 5 bytes", "it is longer", at);
        if (at == end) throw malformed("more of a length", "it ends", at);
        next = packed.getByte(at++);
        length |= (next & 0x7FL) << shift;
        shift += 7;
      } while (next < 0);
      if (length > end - at) {
        throw malformed(
            "a command of at most %d bytes".formatted(end - at), "it claims " + length, at);
      }
      commands.add(readOne(entry, packed, at, (int) length));
      at += (int) length;
    }
    return commands;
  }

  private static Command readOne(Message entry, DirectBuffer packed, int at, int length) {
    if (length == 0) throw malformed("a command", "there are no bytes", at);
    int template = packed.getByte(at) & 0xFF;
    if (template == OWN_HEADER) {
      return entry.read(packed, at + 1, length - 1, CommandCodec::decode);
    }
    if (length < HEAD_BYTES) throw malformed("a command of 2 bytes or more", "it has 1", at);
    return entry.readBody(
        packed,
        at + HEAD_BYTES,
        length - HEAD_BYTES,
        template + FIRST_TEMPLATE - 1,
        packed.getByte(at + 1) & 0xFF,
        CommandCodec::decode);
  }

  private static RuntimeException malformed(String expected, String found, int at) {
    return Message.malformed(
        "Expected %s at byte %d of an entry's commands, but %s".formatted(expected, at, found));
  }
}
