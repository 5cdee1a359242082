package io.skep.adapter.raft;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.adapter.raft.Frame.Reader;
import io.skep.adapter.raft.Frame.Writer;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.GossipMessage;
import io.skep.domain.cluster.gossip.GossipMessage.Ack;
import io.skep.domain.cluster.gossip.GossipMessage.Digest;
import io.skep.domain.cluster.gossip.GossipMessage.News;
import io.skep.domain.cluster.gossip.GossipMessage.Ping;
import io.skep.domain.cluster.gossip.GossipMessage.PingRequest;
import io.skep.domain.cluster.gossip.GossipMessage.Push;
import io.skep.domain.cluster.gossip.GossipMessage.PushAck;
import io.skep.domain.cluster.gossip.GossipMessage.Sync;
import io.skep.domain.cluster.gossip.GossipMessage.Want;
import io.skep.domain.cluster.gossip.Member;
import io.skep.domain.cluster.gossip.MemberStatus;
import java.util.ArrayList;
import java.util.List;

/// Gossip as bytes: version, cluster, sender, news, message.
///
/// A newer version may append to a member's record and to the frame, and may add kinds of messages,
/// of which an older one takes the news only. Anything else needs another version number, whose
/// frames older ones drop.
final class GossipCodec {
  private static final int VERSION = 1;

  /// What one frame may hold at most, in bytes.
  static final int MAX_BYTES = 1 << 20;

  private static final MemberStatus[] STATUSES = MemberStatus.values();

  private GossipCodec() {}

  static byte[] encode(Envelope envelope) {
    var out = new Writer().u8(VERSION).text(envelope.cluster()).text(envelope.from());
    out.address(envelope.fromAddress()).i32(envelope.news().size());
    for (Member member : envelope.news()) out.block(record(member));
    message(out, envelope.message());
    return out.bytes();
  }

  private static byte[] record(Member member) {
    return new Writer()
        .text(member.id())
        .address(member.address())
        .i64(member.incarnation())
        .u8(member.status().ordinal())
        .block(member.profile())
        .bytes();
  }

  private static void message(Writer out, GossipMessage message) {
    switch (message) {
      case Ping(long number) -> out.u8(1).i64(number);
      case PingRequest(long number, String target) -> out.u8(2).i64(number).text(target);
      case Ack(long number) -> out.u8(3).i64(number);
      case Push(long incarnation) -> out.u8(4).i64(incarnation);
      case PushAck(long incarnation) -> out.u8(5).i64(incarnation);
      case Sync(List<Digest> digests) -> {
        out.u8(6).i32(digests.size());
        for (Digest digest : digests) {
          out.text(digest.id()).i64(digest.incarnation()).u8(digest.status().ordinal());
        }
      }
      case Want(List<String> ids) -> {
        out.u8(7).i32(ids.size());
        ids.forEach(out::text);
      }
      case News() -> out.u8(8);
    }
  }

  /// @throws MalformedException if the bytes are not a frame of this version
  static Envelope decode(byte[] bytes) throws MalformedException {
    var in = new Reader(bytes);
    int version = in.u8("a version");
    if (version != VERSION) {
      throw new MalformedException(
          "Expected gossip of version %d, but it is %d".formatted(VERSION, version));
    }
    String cluster = in.text("a cluster name");
    String from = in.text("a member id");
    var fromAddress = in.address("an address");
    int count = in.count(4, "records");
    var news = new ArrayList<Member>(count);
    for (int i = 0; i < count; i++) news.add(record(in.part("a record")));
    return new Envelope(cluster, from, fromAddress, news, message(in));
  }

  private static Member record(Reader in) throws MalformedException {
    return new Member(
        in.text("a member id"),
        in.address("an address"),
        in.i64("an incarnation"),
        status(in),
        in.block("a profile"));
  }

  private static MemberStatus status(Reader in) throws MalformedException {
    int status = in.u8("a status");
    if (status < STATUSES.length) return STATUSES[status];
    throw new MalformedException(
        "Expected a status below %d, but it is %d".formatted(STATUSES.length, status));
  }

  private static GossipMessage message(Reader in) throws MalformedException {
    int kind = in.u8("a kind of message");
    return switch (kind) {
      case 1 -> new Ping(in.i64("a number"));
      case 2 -> new PingRequest(in.i64("a number"), in.text("a member id"));
      case 3 -> new Ack(in.i64("a number"));
      case 4 -> new Push(in.i64("an incarnation"));
      case 5 -> new PushAck(in.i64("an incarnation"));
      case 6 -> sync(in);
      case 7 -> want(in);
      default -> new News();
    };
  }

  private static Sync sync(Reader in) throws MalformedException {
    int count = in.count(11, "digests");
    var digests = new ArrayList<Digest>(count);
    for (int i = 0; i < count; i++) {
      digests.add(new Digest(in.text("a member id"), in.i64("an incarnation"), status(in)));
    }
    return new Sync(digests);
  }

  private static Want want(Reader in) throws MalformedException {
    int count = in.count(2, "member ids");
    var ids = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) ids.add(in.text("a member id"));
    return new Want(ids);
  }
}
