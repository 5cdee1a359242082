package io.skep.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A broker that goes down while clients are at work, and comes up with the same data.
class CrashIT {
  /// `-Dseed=` repeats the moments at which the broker goes down.
  private final long seed = Long.getLong("seed", System.nanoTime());

  private static final int ROUNDS = Integer.getInteger("rounds", 4);

  private final SplittableRandom random = new SplittableRandom(seed);

  @TempDir Path directory;

  @Test
  void shouldLoseNothingThatWasAcknowledgedWhenItIsKilledUnderLoad() throws Exception {
    System.out.println("Repeat with -Dseed=" + seed);
    // given
    try (var skep =
            SkepProcess.broker(directory).with("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", 3).start();
        var load = new Load(skep).start()) {
      for (int round = 0; round < ROUNDS; round++) {
        int before = load.createdCount();
        SkepProcess.pause(random.nextLong(100, 2_000));

        // when
        skep.kill();
        skep.start();

        // then
        awaitMoreThan(before, load);
      }
      load.check();
    }
  }

  @Test
  void shouldLoseNothingThatWasAcknowledgedWhenItIsStoppedUnderLoad() throws Exception {
    System.out.println("Repeat with -Dseed=" + seed);
    // given
    try (var skep = SkepProcess.broker(directory).start();
        var load = new Load(skep).start()) {
      awaitMoreThan(0, load);
      SkepProcess.pause(random.nextLong(100, 2_000));

      // when
      int exitCode = skep.terminate();

      // then
      assertEquals(0, exitCode, skep::log);
      assertTrue(skep.log().contains("Skep has stopped"), skep::log);
      skep.start();
      load.check();
    }
  }

  private static void awaitMoreThan(int count, Load load) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (load.createdCount() <= count) {
      assertTrue(System.nanoTime() < deadline, "nothing was created for 20 s");
      SkepProcess.pause(20);
    }
  }
}
