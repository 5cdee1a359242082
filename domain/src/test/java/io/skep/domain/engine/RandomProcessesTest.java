package io.skep.domain.engine;

import io.skep.domain.Seeds;
import io.skep.domain.engine.store.Fingerprints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Random processes under random clients. `-Dseed=` repeats a run that failed, `-Dseeds=` tries
/// more of them.
///
/// What is checked after every step is in [EngineFixture]: the events alone and a snapshot give the
/// same state, the invariants of [StateInvariants] and [HistoryInvariants] hold, and a turn with a
/// bug has changed nothing.
class RandomProcessesTest {
  private static final int SEEDS = Integer.getInteger("seeds", 100);
  private static final int STEPS = 60;

  /// More rounds than any model needs: a loop ends by chance, two times in three.
  private static final int MAX_ROUNDS = 2_000;

  @Test
  void shouldKeepItsPromisesWhateverHappens() {
    Seeds.of(SEEDS, RandomProcessesTest::run);
  }

  private static void run(SplittableRandom random) {
    // given
    var partitions =
        new Partitions(random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1, fingerprints(random));
    int bound = 1 + random.nextInt(20);
    boolean limited = random.nextBoolean();
    var ids = List.of("one", "two");
    for (String id : ids) partitions.deploy(RandomModel.draw(id, random));
    var clients = new ArrayList<RandomClient>();
    for (int id = 1; id <= partitions.count(); id++) {
      if (limited) partitions.get(id).limitFollowUps(bound);
      clients.add(new RandomClient(random, partitions, id, ids));
    }

    // when
    for (int step = 0; step < STEPS * partitions.count(); step++) {
      clients.get(random.nextInt(clients.size())).step();
      if (partitions.count() > 1) carryMail(partitions, random);
    }
    if (partitions.isLossless()) workOff(partitions, clients);
    else cancelAll(partitions, clients);

    // then
    partitions.assertNothingLeft();
  }

  /// Sometimes such that many texts have the same: nothing but time may depend on it.
  private static Fingerprints fingerprints(SplittableRandom random) {
    return random.nextInt(3) > 0 ? new Fingerprints() : new Fingerprints(random.nextInt(4));
  }

  /// Some of the mail goes on, and now and then an acknowledgement is lost.
  private static void carryMail(Partitions partitions, SplittableRandom random) {
    int from = 1 + random.nextInt(partitions.count());
    int to = 1 + random.nextInt(partitions.count());
    int limit = 1 + random.nextInt(5);
    if (random.nextInt(4) == 0) partitions.bring(from, to, limit);
    else partitions.deliver(from, to, limit);
  }

  /// Does all there is to be done, until nothing is left.
  private static void workOff(Partitions partitions, List<RandomClient> clients) {
    for (int round = 0; ; round++) {
      partitions.settle();
      partitions.assertSubscriptionsMatch();
      if (clients.stream().allMatch(RandomClient::isDone)) break;
      if (round == MAX_ROUNDS) {
        throw new AssertionError(
            "instances that do not end: " + clients.stream().map(RandomClient::waiting).toList());
      }
      for (RandomClient client : clients) client.workOff();
    }
    for (int id = 1; id <= partitions.count(); id++) partitions.get(id).pass(Duration.ofHours(2));
  }

  private static void cancelAll(Partitions partitions, List<RandomClient> clients) {
    for (int id = 1; id <= partitions.count(); id++) partitions.get(id).pass(Duration.ofHours(2));
    clients.forEach(RandomClient::cancelAll);
    partitions.settle();
    clients.forEach(RandomClient::cancelAll);
    partitions.settle();
  }
}
