package io.skep.adapter.sbe;

import io.skep.adapter.sbe.codec.AnswerCodec;
import io.skep.adapter.sbe.codec.Message;
import io.skep.adapter.sbe.codec.Message.Origin;
import io.skep.adapter.sbe.schema.AnsweredDecoder;
import io.skep.adapter.sbe.schema.GoodbyeDecoder;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.adapter.sbe.schema.HeartbeatDecoder;
import io.skep.adapter.sbe.schema.HelloDecoder;
import io.skep.adapter.sbe.schema.JobsAvailableDecoder;
import io.skep.adapter.sbe.schema.MessageHeaderDecoder;
import io.skep.adapter.sbe.schema.RefusalReason;
import io.skep.adapter.sbe.schema.RefusedDecoder;
import io.skep.adapter.sbe.schema.RequestDecoder;
import io.skep.port.out.LogCodec.MalformedCommandException;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import org.agrona.concurrent.UnsafeBuffer;

/// Reads frames. Whatever the bytes are, there is a frame for them.
final class FrameReader {
  /// Up to here a request or reply must be there for its id to be known.
  static final int BYTES_TO_ID = Message.HEADER_BYTES + Long.BYTES;

  private FrameReader() {}

  static Frame read(byte[] bytes, int length) {
    try {
      return Message.read(bytes, 0, length, Origin.PEER, FrameReader::read);
    } catch (MalformedCommandException e) {
      return unreadable(bytes, length, e.getMessage());
    }
  }

  private static Frame read(Message message) {
    return switch (message.templateId()) {
      case RequestDecoder.TEMPLATE_ID -> {
        var from = message.as(new RequestDecoder());
        // Absent in what older members send.
        long timeoutMs = Math.max(0, from.timeoutMs());
        yield new Frame.Request(
            from.requestId(), from.partitionId(), timeoutMs, message.bytes(from::wrapCommand));
      }
      case AnsweredDecoder.TEMPLATE_ID -> {
        var from = message.as(new AnsweredDecoder());
        var answer = message.readPart(from::wrapAnswer, AnswerCodec::decode);
        yield new Frame.Replied(from.requestId(), new Answered(answer));
      }
      case RefusedDecoder.TEMPLATE_ID -> {
        var from = message.as(new RefusedDecoder());
        Reply reply =
            new Refused(reason(from.reason()), message.text(from::wrapMessage), from.leader());
        yield new Frame.Replied(from.requestId(), reply);
      }
      case JobsAvailableDecoder.TEMPLATE_ID -> {
        var from = message.as(new JobsAvailableDecoder());
        yield new Frame.JobsAvailable(from.partitionId(), message.text(from::wrapJobType));
      }
      case HeartbeatDecoder.TEMPLATE_ID -> {
        message.as(new HeartbeatDecoder());
        yield new Frame.Heartbeat();
      }
      case HelloDecoder.TEMPLATE_ID -> {
        var from = message.as(new HelloDecoder());
        yield new Frame.Hello(
            from.protocolVersion(),
            message.text(from::wrapClusterName),
            message.text(from::wrapMemberName));
      }
      case GoodbyeDecoder.TEMPLATE_ID -> {
        var from = message.as(new GoodbyeDecoder());
        yield new Frame.Goodbye(known(from.reason()), message.text(from::wrapMessage));
      }
      default -> throw message.unknown("a frame");
    };
  }

  /// What can be said of a frame that cannot be read to its end.
  ///
  /// @param length how much of it there is
  static Frame unreadable(byte[] bytes, int length, String why) {
    if (length < BYTES_TO_ID) return new Frame.Garbage(why);
    var buffer = new UnsafeBuffer(bytes, 0, length);
    var header = new MessageHeaderDecoder().wrap(buffer, 0);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) return new Frame.Garbage(why);
    return switch (header.templateId()) {
      // In all of them the id comes first.
      case RequestDecoder.TEMPLATE_ID, AnsweredDecoder.TEMPLATE_ID, RefusedDecoder.TEMPLATE_ID ->
          new Frame.Broken(
              buffer.getLong(Message.HEADER_BYTES, MessageHeaderDecoder.BYTE_ORDER), why);
      default -> new Frame.Garbage(why);
    };
  }

  private static GoodbyeReason known(GoodbyeReason reason) {
    return switch (reason) {
      case MALFORMED, OTHER_CLUSTER, OTHER_PROTOCOL, STOPPING, IDLE -> reason;
      case SBE_UNKNOWN, NULL_VAL -> GoodbyeReason.MALFORMED;
    };
  }

  private static Reason reason(RefusalReason reason) {
    return switch (reason) {
      case NOT_LEADER -> Reason.NOT_LEADER;
      case RESOURCE_EXHAUSTED -> Reason.RESOURCE_EXHAUSTED;
      case UNREACHABLE -> Reason.UNREACHABLE;
      case INTERRUPTED -> Reason.INTERRUPTED;
      case TIMEOUT -> Reason.TIMEOUT;
      case MALFORMED -> Reason.MALFORMED;
      case ANSWER_TOO_LARGE -> Reason.ANSWER_TOO_LARGE;
      case INTERNAL, SBE_UNKNOWN, NULL_VAL -> Reason.INTERNAL;
    };
  }
}
