package io.skep.domain.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  private final ClusterView view = new ClusterView();

  private static BrokerProfile broker(int nodeId, PartitionState... states) {
    return new BrokerProfile(
        nodeId, new Address("host", 26501 + nodeId), "1", 3, 1, 3, List.of(states));
  }

  private static PartitionState leads(long term) {
    return new PartitionState(1, PartitionRole.LEADER, term, true);
  }

  private static PartitionState follows(long term) {
    return new PartitionState(1, PartitionRole.FOLLOWER, term, true);
  }

  private int leader(long nowMs) {
    return view.topology(nowMs).leaderOf(1).nodeId();
  }

  @Test
  void shouldKnowNothingBeforeAnythingWasReported() {
    assertEquals(Topology.unknown(), view.topology(0));
  }

  @Test
  void shouldPutBrokersInTheOrderOfTheirIds() {
    // when
    view.report(List.of(broker(2, follows(1)), broker(0, leads(1)), broker(1)));

    // then
    var topology = view.topology(0);
    assertEquals(List.of(0, 1, 2), topology.brokers().stream().map(Broker::nodeId).toList());
    assertEquals(3, topology.clusterSize());
    assertEquals(1, topology.partitionCount());
    assertEquals(3, topology.replicationFactor());
  }

  private static PartitionState isInactive(long term) {
    return new PartitionState(1, PartitionRole.INACTIVE, term, true);
  }

  @Test
  void shouldShowALeaderThatAnotherHasReplacedAsInactive() {
    // when: the one that was cut off still says that it leads
    view.report(List.of(broker(0, leads(4)), broker(1, leads(6)), broker(2, leads(5))));

    // then
    var brokers = view.topology(0).brokers();
    assertEquals(List.of(isInactive(4)), brokers.get(0).partitions());
    assertEquals(List.of(leads(6)), brokers.get(1).partitions());
    assertEquals(List.of(isInactive(5)), brokers.get(2).partitions());
  }

  @Test
  void shouldGoByTermsForEachPartitionByItself() {
    // given
    var otherPartition = new PartitionState(2, PartitionRole.LEADER, 1, false);

    // when
    view.report(List.of(broker(0, leads(4), otherPartition), broker(1, leads(6))));

    // then
    assertEquals(
        List.of(isInactive(4), otherPartition), view.topology(0).brokers().getFirst().partitions());
  }

  @Test
  void shouldKeepALeaderThoughAFollowerKnowsOfALaterElection() {
    // when: it stood for election, and nobody has won yet
    view.report(List.of(broker(0, leads(4)), broker(1, follows(5))));

    // then
    assertEquals(0, leader(0));
  }

  @Test
  void shouldBelieveACorrectionUntilALaterElectionIsReported() {
    // given
    view.report(List.of(broker(0, leads(4)), broker(1, follows(4)), broker(2, follows(4))));

    // when
    view.correct(1, 2, 0);

    // then
    assertEquals(2, leader(1));
    assertEquals(5, view.topology(1).leadershipOf(1).term());
    assertEquals(PartitionRole.FOLLOWER, view.topology(1).broker(0).partitions().getFirst().role());

    // when
    view.report(List.of(broker(0, leads(4)), broker(1, leads(6)), broker(2, follows(4))));

    // then
    assertEquals(1, leader(2));
  }

  @Test
  void shouldTakeTheReportOfTheCorrectedLeaderAsTheSameLead() {
    // given
    view.report(List.of(broker(0, leads(4)), broker(2, follows(4))));
    view.correct(1, 2, 0);
    var before = view.topology(1).leadershipOf(1);

    // when
    view.report(List.of(broker(0, follows(5)), broker(2, leads(5))));

    // then
    assertEquals(true, view.topology(2).leadershipOf(1).isSameAs(before));
  }

  @Test
  void shouldTakeBackACorrectionByTheNextOne() {
    // given
    view.report(List.of(broker(0, leads(4)), broker(2, follows(4))));
    view.correct(1, 2, 0);

    // when
    view.correct(1, 0, 1);

    // then
    assertEquals(0, leader(2));
    assertEquals(4, view.topology(2).leadershipOf(1).term());
  }

  @Test
  void shouldDropACorrectionThatNothingConfirms() {
    // given
    view.report(List.of(broker(0, leads(4)), broker(2, follows(4))));

    // when
    view.correct(1, 2, 100);

    // then
    assertEquals(5_100, view.nextChangeAtMs());
    assertEquals(2, leader(5_099));
    assertEquals(0, leader(5_100));
    assertEquals(Long.MAX_VALUE, view.nextChangeAtMs());
  }

  @Test
  void shouldIgnoreACorrectionToABrokerThatNobodyKnows() {
    // given
    view.report(List.of(broker(0, follows(4))));

    // when
    view.correct(1, 7, 0);

    // then
    assertNull(view.topology(1).leaderOf(1));
  }

  @Test
  void shouldBelieveACorrectionToABrokerThatHasNotSaidAnythingOfThePartition() {
    // given
    view.report(List.of(broker(0, leads(4)), broker(2)));

    // when
    view.correct(1, 2, 0);

    // then
    assertEquals(2, leader(1));
  }

  @Test
  void shouldReplaceTheStateOfAPartition() {
    // given
    var profile = broker(0, follows(1));

    // when
    var changed =
        profile.with(leads(2)).with(new PartitionState(3, PartitionRole.INACTIVE, 0, false));

    // then
    assertEquals(
        List.of(leads(2), new PartitionState(3, PartitionRole.INACTIVE, 0, false)),
        changed.partitions());
  }

  @Test
  void shouldNoticeThatABrokerHasBeenToldOfAnotherCluster() {
    // given
    var profile = broker(0);
    var other = new BrokerProfile(1, profile.commandApi(), "1", 3, 2, 3, List.of());

    // when, then
    assertEquals(true, profile.hasSameClusterAs(broker(2, leads(3))));
    assertEquals(false, profile.hasSameClusterAs(other));
  }
}
