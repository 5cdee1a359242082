package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.schema.MessageHeaderEncoder;
import io.skep.adapter.sbe.schema.RejectedDecoder;
import io.skep.adapter.sbe.schema.RejectedEncoder;
import io.skep.adapter.sbe.schema.RejectionReason;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.Rejection.Reason;
import org.agrona.MutableDirectBuffer;

/// Rejections. Their reasons have numbers of their own, so that the enum may be rearranged.
final class RejectionCodec {
  private RejectionCodec() {}

  static int encode(Rejection rejection, MutableDirectBuffer to, int at) {
    return new RejectedEncoder()
        .wrapAndApplyHeader(to, at, new MessageHeaderEncoder())
        .reason(encode(rejection.reason()))
        .message(rejection.message())
        .limit();
  }

  static Rejection decode(Message message) {
    var from = message.as(new RejectedDecoder());
    return new Rejection(decode(from.reason()), message.text(from::wrapMessage));
  }

  private static RejectionReason encode(Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> RejectionReason.INVALID_ARGUMENT;
      case NOT_FOUND -> RejectionReason.NOT_FOUND;
      case ALREADY_EXISTS -> RejectionReason.ALREADY_EXISTS;
      case INVALID_STATE -> RejectionReason.INVALID_STATE;
      case PROCESSING_ERROR -> RejectionReason.PROCESSING_ERROR;
      case EXCEEDED_BATCH_RECORD_SIZE -> RejectionReason.EXCEEDED_BATCH_RECORD_SIZE;
    };
  }

  private static Reason decode(RejectionReason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> Reason.INVALID_ARGUMENT;
      case NOT_FOUND -> Reason.NOT_FOUND;
      case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
      case INVALID_STATE -> Reason.INVALID_STATE;
      case EXCEEDED_BATCH_RECORD_SIZE -> Reason.EXCEEDED_BATCH_RECORD_SIZE;
      case PROCESSING_ERROR, SBE_UNKNOWN, NULL_VAL -> Reason.PROCESSING_ERROR;
    };
  }
}
