package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.Frame.MalformedException;
import io.skep.adapter.raft.Frame.Writer;
import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.BrokerProfile;
import io.skep.domain.cluster.PartitionRole;
import io.skep.domain.cluster.PartitionState;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GossipCodecTest {
  private static final Member BROKER =
      new Member(
          "broker/0",
          new Address("::1", 65535),
          1L << 50,
          MemberStatus.SUSPECT,
          new byte[] {1, 2, 3});
  private static final Member GATEWAY =
      new Member("gateway/ü", null, -5, MemberStatus.LEFT, new byte[0]);

  static Stream<GossipMessage> messages() {
    return Stream.of(
        new Ping(1),
        new PingRequest(-2, "broker/7"),
        new Ack(Long.MAX_VALUE),
        new Push(4),
        new PushAck(5),
        new Sync(List.of()),
        new Sync(
            List.of(new Digest("a", 1, MemberStatus.ALIVE), new Digest("b", 2, MemberStatus.DEAD))),
        new Want(List.of("a", "b", "")),
        new News());
  }

  private static Envelope envelope(GossipMessage message) {
    return new Envelope(
        "cluster name", "broker/1", new Address("host", 26502), List.of(BROKER, GATEWAY), message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldGiveBackEveryMessage(GossipMessage message) throws MalformedException {
    // when
    Envelope decoded = GossipCodec.decode(GossipCodec.encode(envelope(message)));

    // then
    assertEquals(message, decoded.message());
    assertEquals("cluster name", decoded.cluster());
    assertEquals("broker/1", decoded.from());
    assertEquals(new Address("host", 26502), decoded.fromAddress());
    assertEquals(2, decoded.news().size());
    assertSame(BROKER, decoded.news().get(0));
    assertSame(GATEWAY, decoded.news().get(1));
  }

  private static void assertSame(Member expected, Member found) {
    assertEquals(expected.id(), found.id());
    assertEquals(expected.address(), found.address());
    assertEquals(expected.incarnation(), found.incarnation());
    assertEquals(expected.status(), found.status());
    assertArrayEquals(expected.profile(), found.profile());
  }

  @Test
  void shouldGiveBackASenderThatDoesNotListen() throws MalformedException {
    // when
    var decoded =
        GossipCodec.decode(
            GossipCodec.encode(new Envelope("c", "g", null, List.of(), new Ping(1))));

    // then
    assertNull(decoded.fromAddress());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldRefuseEveryTornFrame(GossipMessage message) {
    // given
    byte[] whole = GossipCodec.encode(envelope(message));

    for (int length = 0; length < whole.length; length++) {
      // when
      byte[] torn = Arrays.copyOf(whole, length);

      // then
      assertThrows(MalformedException.class, () -> GossipCodec.decode(torn));
    }
  }

  @Test
  void shouldSurviveAnyDamage() {
    // given
    var random = new Random(11);
    var whole = messages().map(message -> GossipCodec.encode(envelope(message))).toList();

    for (int i = 0; i < 200_000; i++) {
      // when
      byte[] damaged = whole.get(random.nextInt(whole.size())).clone();
      for (int j = random.nextInt(4); j >= 0; j--)
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();

      // then: either it can be read or it is refused
      try {
        GossipCodec.decode(damaged);
      } catch (MalformedException e) {
        assertTrue(e.getMessage().startsWith("Expected"), e.getMessage());
      }
    }
  }

  @Test
  void shouldRefuseAnotherVersion() {
    // given
    byte[] frame = GossipCodec.encode(envelope(new Ping(1)));
    frame[0] = 2;

    // when, then
    var refusal = assertThrows(MalformedException.class, () -> GossipCodec.decode(frame));
    assertEquals("Expected gossip of version 1, but it is 2", refusal.getMessage());
  }

  @Test
  void shouldTakeTheNewsOfAMessageThatIsNotKnown() throws MalformedException {
    // given
    byte[] record =
        new Writer()
            .text("newer")
            .address(null)
            .i64(7)
            .u8(0)
            .block(new byte[0])
            .i64(99)
            .text("more")
            .bytes();
    byte[] frame =
        new Writer()
            .u8(1)
            .text("c")
            .text("from")
            .address(null)
            .i32(1)
            .block(record)
            .u8(200)
            .i64(3)
            .bytes();

    // when
    Envelope decoded = GossipCodec.decode(frame);

    // then
    assertEquals(new News(), decoded.message());
    assertEquals("newer", decoded.news().getFirst().id());
  }

  @Test
  void shouldGiveBackABrokersProfile() throws MalformedException {
    // given
    var profile =
        new BrokerProfile(
            2,
            new Address("host", 26501),
            "1.2.3",
            3,
            4,
            3,
            List.of(
                new PartitionState(1, PartitionRole.LEADER, 9, true),
                new PartitionState(8192, PartitionRole.INACTIVE, 0, false)));

    // when, then
    assertEquals(profile, ProfileCodec.decode(ProfileCodec.encode(profile)));
  }

  @Test
  void shouldGiveBackWhatABrokerSaysOfDataDirectories() throws MalformedException {
    // given
    var profile = new BrokerProfile(2, new Address("host", 26501), "1", 3, 4, 3, List.of());
    var claim = new DataClaim(new UUID(1, 2), true, Map.of(0, new UUID(3, 4), 7, new UUID(5, 6)));

    // when
    byte[] bytes = ProfileCodec.encode(profile, claim);

    // then
    assertEquals(claim, ProfileCodec.claim(bytes));
    assertEquals(profile, ProfileCodec.decode(bytes));
    assertNull(ProfileCodec.claim(ProfileCodec.encode(profile)));
    assertNull(ProfileCodec.claim(ProfileCodec.gateway("1")));
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    assertThrows(MalformedException.class, () -> ProfileCodec.claim(cut));
  }

  @Test
  void shouldTakeAnythingElseForNoBroker() throws MalformedException {
    assertNull(ProfileCodec.decode(ProfileCodec.gateway("1")));
    assertNull(ProfileCodec.decode(new byte[] {99, 1, 2}));
    assertThrows(MalformedException.class, () -> ProfileCodec.decode(new byte[] {1, 0}));
    assertThrows(MalformedException.class, () -> ProfileCodec.decode(new byte[0]));
  }
}
