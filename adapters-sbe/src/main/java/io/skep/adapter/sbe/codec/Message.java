package io.skep.adapter.sbe.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.adapter.sbe.schema.Flag;
import io.skep.adapter.sbe.schema.MessageHeaderDecoder;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.MalformedCommandException;
import java.util.Arrays;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/// A message that is being read. Holds what its lengths claim against the bytes that are there, so
/// that nothing is read from beyond them and no memory is taken for what is not there.
///
/// What it hands out are copies, except for [#view].
public final class Message {
  /// Without the header there is no message.
  public static final int HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;

  private static final int LENGTH_BYTES = 4;

  /// Exactly the message, so that the buffer's own checks keep readers inside.
  private final UnsafeBuffer bytes;

  private final Origin origin;

  /// What stands before it is the header.
  private final int bodyAt;

  private final int templateId;
  private final int blockLength;
  private final int version;
  private final UnsafeBuffer part = new UnsafeBuffer(0, 0);
  private MessageDecoderFlyweight body;

  private Message(UnsafeBuffer bytes, Origin origin) {
    this.bytes = bytes;
    this.origin = origin;
    this.bodyAt = HEADER_BYTES;
    if (bytes.capacity() < HEADER_BYTES) {
      throw malformed(
          "Expected a message with a header of %d bytes, but there are only %d"
              .formatted(HEADER_BYTES, bytes.capacity()));
    }
    var header = new MessageHeaderDecoder().wrap(bytes, 0);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
      throw malformed(
          "Expected a message of schema %d, but it is of schema %d"
              .formatted(MessageHeaderDecoder.SCHEMA_ID, header.schemaId()));
    }
    templateId = header.templateId();
    blockLength = header.blockLength();
    version = header.version();
    if (version == 0) throw malformed("Expected a schema version of 1 or more, but it is 0");
  }

  /// A message without a header, of which is known what that would say.
  private Message(UnsafeBuffer body, Origin origin, int templateId, int blockLength, int version) {
    this.bytes = body;
    this.origin = origin;
    this.bodyAt = 0;
    this.templateId = templateId;
    this.blockLength = blockLength;
    this.version = version;
  }

  /// Where bytes come from, and so how far they are believed.
  public enum Origin {
    /// This process checked them before.
    OWN,
    /// Another process made them: JSON is looked through to the end.
    PEER
  }

  /// Reads a message.
  ///
  /// @throws MalformedCommandException and nothing else, if it is not one that this version knows
  public static <T> T read(
      byte[] bytes, int offset, int length, Origin origin, Function<Message, T> reader) {
    try {
      return new Message(new UnsafeBuffer(bytes, offset, length), origin).readAll(reader);
    } catch (IndexOutOfBoundsException e) {
      throw malformed("Expected a whole message, but it ends too early: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  /// Reads a part of this message that is a message itself.
  public <T> T readPart(Part accessor, Function<Message, T> reader) {
    accessor.wrap(part);
    return new Message(new UnsafeBuffer(part), origin).readAll(reader);
  }

  /// Reads a message with a header out of a buffer that holds a part of this one.
  <T> T read(DirectBuffer from, int at, int length, Function<Message, T> reader) {
    return new Message(new UnsafeBuffer(from, at, length), origin).readAll(reader);
  }

  /// Reads a message without a header out of a buffer that holds a part of this one. It is of this
  /// one's schema version.
  <T> T readBody(
      DirectBuffer from,
      int at,
      int length,
      int templateId,
      int blockLength,
      Function<Message, T> reader) {
    var body = new UnsafeBuffer(from, at, length);
    return new Message(body, origin, templateId, blockLength, version).readAll(reader);
  }

  private <T> T readAll(Function<Message, T> reader) {
    T content = reader.apply(this);
    int end = body.limit();
    // Only a newer version may have something behind what we know.
    if (end > bytes.capacity()
        || end < bytes.capacity() && version <= MessageHeaderDecoder.SCHEMA_VERSION) {
      throw malformed(
          "Expected a message of %d bytes, but it has %d".formatted(end, bytes.capacity()));
    }
    return content;
  }

  public int templateId() {
    return templateId;
  }

  int version() {
    return version;
  }

  /// Puts a decoder on the message, which must be of the decoder's template.
  public <D extends MessageDecoderFlyweight> D as(D decoder) {
    int known = decoder.sbeBlockLength();
    boolean isPossible =
        version == MessageHeaderDecoder.SCHEMA_VERSION
            ? blockLength == known
            : version < MessageHeaderDecoder.SCHEMA_VERSION || blockLength > known - 1;
    if (!isPossible) {
      throw malformed(
          "Expected a fixed part of %d bytes in a message of template %d and version %d, but it has %d"
              .formatted(known, templateId, version, blockLength));
    }
    decoder.wrap(bytes, bodyAt, blockLength, version);
    body = decoder;
    return decoder;
  }

  public MalformedCommandException unknown(String expected) {
    return malformed(
        "Expected %s, but there is a message of the unknown template %d, schema version %d"
            .formatted(expected, templateId, version));
  }

  /// How many entries a group has, if that many can be there at all.
  ///
  /// @param entryBytes of an entry's fixed part as the message has it
  /// @param knownBytes of an entry's fixed part as this version knows it
  /// @param parts of variable length in each entry
  int entries(int count, int entryBytes, int knownBytes, int parts) {
    long leastBytes = (long) count * (entryBytes + parts * LENGTH_BYTES);
    if (count < 0
        || entryBytes < knownBytes && version >= MessageHeaderDecoder.SCHEMA_VERSION
        || entryBytes > knownBytes && version <= MessageHeaderDecoder.SCHEMA_VERSION
        || entryBytes + parts == 0
        || leastBytes > bytes.capacity() - body.limit()) {
      throw malformed(
          "Expected a group that fits into %d bytes, but it has %d entries of %d bytes at least"
              .formatted(
                  bytes.capacity() - body.limit(),
                  Integer.toUnsignedLong(count),
                  entryBytes + parts * LENGTH_BYTES));
    }
    return count;
  }

  public String text(Part accessor) {
    accessor.wrap(part);
    var text = new String(part.byteArray(), part.wrapAdjustment(), part.capacity(), UTF_8);
    // Bad bytes have become U+FFFD. The real U+FFFD is rare enough for a second look.
    if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(text.getBytes(UTF_8), partBytes())) {
      throw malformed("Expected text in UTF-8, but there are other bytes in '%s'".formatted(text));
    }
    return text;
  }

  /// A view of a part, until the next part is read.
  DirectBuffer view(Part accessor) {
    accessor.wrap(part);
    return part;
  }

  public byte[] bytes(Part accessor) {
    accessor.wrap(part);
    return partBytes();
  }

  JsonObject json(Part accessor) {
    accessor.wrap(part);
    byte[] text = partBytes();
    if (origin == Origin.OWN) return JsonObject.ofCanonical(text);
    var object = JsonObject.parse(text);
    // What is canonical comes back as the same array.
    if (object.text() != text && !Arrays.equals(object.text(), text)) {
      throw malformed("Expected a JSON object in canonical form, but it is other text");
    }
    return object;
  }

  static boolean isYes(Flag flag) {
    return switch (flag) {
      case YES -> true;
      case NO -> false;
      case SBE_UNKNOWN, NULL_VAL ->
          throw malformed("Expected a flag of 0 or 1, but it is another value");
    };
  }

  private byte[] partBytes() {
    var copy = new byte[part.capacity()];
    part.getBytes(0, copy);
    return copy;
  }

  static MalformedCommandException malformed(String message) {
    return new MalformedCommandException(message);
  }

  /// A decoder's method that points a buffer at one of its variable-length parts and steps over it.
  @FunctionalInterface
  public interface Part {
    void wrap(DirectBuffer part);
  }
}
