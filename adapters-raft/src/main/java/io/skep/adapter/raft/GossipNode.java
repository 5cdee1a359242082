package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import io.skep.domain.cluster.gossip.Envelope;
import io.skep.domain.cluster.gossip.Gossip;
import io.skep.domain.cluster.gossip.GossipOutput;
import io.skep.domain.cluster.gossip.GossipOutput.Changed;
import io.skep.domain.cluster.gossip.GossipOutput.Destination;
import io.skep.domain.cluster.gossip.GossipOutput.IdTaken;
import io.skep.domain.cluster.gossip.GossipOutput.Send;
import io.skep.domain.cluster.gossip.GossipOutput.Vanished;
import io.skep.domain.cluster.gossip.GossipSettings;
import io.skep.domain.cluster.gossip.Member;
import io.skep.domain.cluster.gossip.MemberStatus;
import io.skep.port.out.Credentials;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs [Gossip]: one thread that waits until something arrives or is due.
final class GossipNode {
  private static final Logger LOG = LoggerFactory.getLogger(GossipNode.class);

  /// How long the good-bye may take to leave the process.
  private static final long FAREWELL_MS = 100;

  /// How much may wait to be looked at. What is beyond is left out, as if it was lost on its way:
  /// gossip says everything again.
  static final int MOST_WAITING = 1_000;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("gossip").factory());

  private final String cluster;
  private final List<Address> contactPoints;
  private final ClusterMembership membership;
  private final GossipLinks links;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<String, MemberStatus> statuses = new HashMap<>();
  private Gossip gossip;
  private byte[] profileBeforeStart;
  private Future<?> nextTick;
  private volatile boolean stopped;

  /// @param credentials for TLS, `null` without
  GossipNode(
      String cluster,
      List<Address> contactPoints,
      Credentials credentials,
      ClusterMembership membership) {
    this.links = new GossipLinks(this::received, this::disconnected, credentials);
    this.cluster = cluster;
    this.contactPoints = contactPoints;
    this.membership = membership;
  }

  /// The id of a broker as a member.
  static String brokerId(int nodeId) {
    return "broker/" + nodeId;
  }

  /// The id of a gateway as a member. Nobody but people addresses gateways by name, and two that
  /// were given the same name by mistake do no harm; so each process has an id of its own.
  static String gatewayId(String memberId) {
    return "gateway/%s/%08x".formatted(memberId, new SecureRandom().nextInt());
  }

  GossipLinks links() {
    return links;
  }

  /// @param address where this member listens, or `null` if it does not
  void start(String id, Address address, byte[] profile) {
    run(
        nowMs -> {
          byte[] newest = profileBeforeStart == null ? profile : profileBeforeStart;
          var self =
              new Member(id, address, System.currentTimeMillis(), MemberStatus.ALIVE, newest);
          var random = new SplittableRandom(new SecureRandom().nextLong());
          gossip = new Gossip(cluster, self, contactPoints, GossipSettings.DEFAULT, random, nowMs);
          return gossip.tick(nowMs);
        });
  }

  void publish(byte[] profile) {
    run(
        nowMs -> {
          if (gossip != null) return gossip.publish(nowMs, profile);
          profileBeforeStart = profile;
          return List.of();
        });
  }

  /// @return whether it will be looked at
  boolean received(Envelope envelope) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return false;
    }
    run(
        nowMs -> {
          waiting.decrementAndGet();
          return gossip == null ? List.of() : gossip.receive(nowMs, envelope);
        });
    return true;
  }

  private void disconnected(Address address) {
    run(nowMs -> gossip == null ? List.of() : gossip.disconnected(nowMs, address));
  }

  private void tick() {
    run(gossip::tick);
  }

  private Future<?> run(LongFunction<List<GossipOutput>> step) {
    try {
      return thread.submit(() -> step(step));
    } catch (RejectedExecutionException e) {
      // It has been stopped.
      return null;
    }
  }

  private void step(LongFunction<List<GossipOutput>> step) {
    try {
      step.apply(nowMs()).forEach(this::handle);
      membership.tick();
    } catch (RuntimeException e) {
      LOG.error("Expected gossip to go on, but it failed", e);
    }
    if (gossip == null || stopped) return;
    if (nextTick != null) nextTick.cancel(false);
    long inMs = Math.max(1, gossip.nextTickAtMs() - nowMs());
    nextTick = thread.schedule(this::tick, inMs, TimeUnit.MILLISECONDS);
  }

  private static long nowMs() {
    return System.nanoTime() / 1_000_000;
  }

  private void handle(GossipOutput output) {
    switch (output) {
      case Send(Destination to, Envelope envelope) -> links.send(to, envelope);
      case Changed(Member member) -> {
        log(member);
        membership.changed(member);
      }
      case Vanished(Member member) -> {
        LOG.info(
            "Member '{}' at {} has ended: its connections broke, and it takes no new ones",
            member.id(),
            member.address());
        membership.vanished(member);
      }
      case IdTaken(Member other) ->
          LOG.error(
              "Expected to be the only member with id '{}', but there is another one at {}. Give each broker its own"
                  + " zeebe.broker.cluster.nodeId",
              other.id(),
              other.address());
    }
  }

  /// Members change what they say of themselves all the time; who comes and goes is news.
  private void log(Member member) {
    MemberStatus before =
        member.status().isPresent()
            ? statuses.put(member.id(), member.status())
            : statuses.remove(member.id());
    if (before == member.status()) return;
    if (member.address() == null) LOG.info("Member '{}' is {}", member.id(), member.status());
    else LOG.info("Member '{}' at {} is {}", member.id(), member.address(), member.status());
  }

  /// Says good-bye and ends.
  void stop() {
    var farewell = run(nowMs -> gossip == null ? List.of() : gossip.leave(nowMs));
    stopped = true;
    try {
      if (farewell != null) farewell.get(FAREWELL_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Left without a good-bye", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
    links.close();
  }
}
