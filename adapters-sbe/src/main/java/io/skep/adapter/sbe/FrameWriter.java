package io.skep.adapter.sbe;

import io.netty.buffer.ByteBuf;
import io.skep.adapter.sbe.codec.AnswerCodec;
import io.skep.adapter.sbe.codec.Nested;
import io.skep.adapter.sbe.schema.AnsweredEncoder;
import io.skep.adapter.sbe.schema.GoodbyeEncoder;
import io.skep.adapter.sbe.schema.GoodbyeReason;
import io.skep.adapter.sbe.schema.HeartbeatEncoder;
import io.skep.adapter.sbe.schema.HelloEncoder;
import io.skep.adapter.sbe.schema.JobsAvailableEncoder;
import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.RefusalReason;
import io.skep.adapter.sbe.schema.RefusedEncoder;
import io.skep.adapter.sbe.schema.RequestEncoder;
import io.skep.domain.engine.Answer;
import io.skep.port.out.Reply;
import io.skep.port.out.Reply.Answered;
import io.skep.port.out.Reply.Reason;
import io.skep.port.out.Reply.Refused;
import org.agrona.ExpandableArrayBuffer;

/// Encodes one frame at a time. Belongs to the thread of one channel.
final class FrameWriter {
  static final int LENGTH_BYTES = 4;

  /// What a request takes beyond its command.
  static final int REQUEST_BYTES =
      MessageHeaderEncoder.ENCODED_LENGTH
          + RequestEncoder.BLOCK_LENGTH
          + RequestEncoder.commandHeaderLength();

  /// What an answer takes beyond the jobs that it holds, and some to spare.
  static final int ANSWER_BYTES = 128;

  private static final int KEPT_BYTES = 64 * 1024;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final int maxFrameBytes;
  private ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
  private int end;

  FrameWriter(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  FrameWriter hello(String clusterName, String memberName) {
    return end(
        new HelloEncoder()
            .wrapAndApplyHeader(buffer, LENGTH_BYTES, header)
            .protocolVersion(FrameChannel.PROTOCOL_VERSION)
            .clusterName(clusterName)
            .memberName(memberName)
            .limit());
  }

  FrameWriter goodbye(GoodbyeReason reason, String message) {
    return end(
        new GoodbyeEncoder()
            .wrapAndApplyHeader(buffer, LENGTH_BYTES, header)
            .reason(reason)
            .message(message)
            .limit());
  }

  FrameWriter heartbeat() {
    return end(new HeartbeatEncoder().wrapAndApplyHeader(buffer, LENGTH_BYTES, header).limit());
  }

  FrameWriter request(long requestId, int partitionId, long timeoutMs, byte[] command) {
    return end(
        new RequestEncoder()
            .wrapAndApplyHeader(buffer, LENGTH_BYTES, header)
            .requestId(requestId)
            .partitionId(partitionId)
            .timeoutMs(timeoutMs)
            .putCommand(command, 0, command.length)
            .limit());
  }

  FrameWriter jobsAvailable(int partitionId, String jobType) {
    return end(
        new JobsAvailableEncoder()
            .wrapAndApplyHeader(buffer, LENGTH_BYTES, header)
            .partitionId(partitionId)
            .jobType(jobType)
            .limit());
  }

  FrameWriter reply(long requestId, Reply reply) {
    return switch (reply) {
      case Answered(Answer answer) -> answer(requestId, answer);
      case Refused refused -> refusal(requestId, refused);
    };
  }

  private FrameWriter answer(long requestId, Answer answer) {
    var message =
        new AnsweredEncoder().wrapAndApplyHeader(buffer, LENGTH_BYTES, header).requestId(requestId);
    Nested.write(message, buffer, answer, AnswerCodec::encode);
    int bytes = message.limit() - LENGTH_BYTES;
    if (bytes <= maxFrameBytes) return end(message.limit());
    // The peer would have to skip it, so it had better not travel.
    return refusal(
        requestId,
        new Refused(
            Reason.ANSWER_TOO_LARGE,
            "Expected an answer of at most %d bytes, but it takes %d; the command was run all the same"
                .formatted(maxFrameBytes, bytes),
            -1));
  }

  private FrameWriter refusal(long requestId, Refused refused) {
    return end(
        new RefusedEncoder()
            .wrapAndApplyHeader(buffer, LENGTH_BYTES, header)
            .requestId(requestId)
            .leader(refused.leader())
            .reason(reason(refused.reason()))
            .message(refused.message())
            .limit());
  }

  private FrameWriter end(int end) {
    buffer.putInt(0, end - LENGTH_BYTES, MessageHeaderEncoder.BYTE_ORDER);
    this.end = end;
    return this;
  }

  /// How long the frame is with its length in front.
  int bytes() {
    return end;
  }

  /// Hands the frame out. There is none afterwards.
  void moveTo(ByteBuf to) {
    to.writeBytes(buffer.byteArray(), 0, end);
    end = 0;
    if (buffer.capacity() > KEPT_BYTES) buffer = new ExpandableArrayBuffer(1024);
  }

  private static RefusalReason reason(Reason reason) {
    return switch (reason) {
      case NOT_LEADER -> RefusalReason.NOT_LEADER;
      case RESOURCE_EXHAUSTED -> RefusalReason.RESOURCE_EXHAUSTED;
      case UNREACHABLE -> RefusalReason.UNREACHABLE;
      case INTERRUPTED -> RefusalReason.INTERRUPTED;
      case TIMEOUT -> RefusalReason.TIMEOUT;
      case MALFORMED -> RefusalReason.MALFORMED;
      case INTERNAL -> RefusalReason.INTERNAL;
      case ANSWER_TOO_LARGE -> RefusalReason.ANSWER_TOO_LARGE;
    };
  }
}
