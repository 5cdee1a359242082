package io.skep.adapter.raft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.adapter.raft.RecordingReplica.Outcome;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CrashTest {
  private static final int ROUNDS = 3;

  @Parameter Cluster.Kind kind;
  @TempDir Path directory;

  /// A broker in a process of its own, which proposes numbers and tells of each that was committed.
  static final class Victim {
    private static final int WINDOW = 4;

    public static void main(String[] args) throws InterruptedException {
      var cluster = crashing(Path.of(args[0]), Cluster.Kind.valueOf(args[1]));
      cluster.start(0);
      var broker = cluster.leader(1);
      var inFlight = new ArrayDeque<Outcome>();
      for (int i = broker.replica().state.size(); ; i++) {
        inFlight.add(broker.propose(Integer.toString(i)));
        while (inFlight.size() >= WINDOW) {
          if (inFlight.getFirst().hasEnded()) {
            inFlight.removeFirst();
            System.out.println("acknowledged " + (i - inFlight.size()));
          } else {
            Thread.onSpinWait();
          }
        }
      }
    }
  }

  private static Cluster crashing(Path directory, Cluster.Kind kind) {
    var cluster = new Cluster(directory, 1, 1);
    cluster.kind = kind;
    cluster.name = "crashing";
    cluster.entriesBetweenSnapshots = 700;
    return cluster;
  }

  @Test
  void shouldKeepEverythingAcknowledgedWhenKilledUnderLoad() throws Exception {
    int atLeast = 0;
    for (int round = 0; round < ROUNDS; round++) {
      // given
      Process victim = startVictim();

      // when
      int last = killAfter(victim, 1500);

      // then
      atLeast = Math.max(atLeast, last + 1);
      int found = checkState();
      assertTrue(found >= atLeast, "acknowledged " + atLeast + ", found " + found);
    }
  }

  private Process startVictim() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath,
            Victim.class.getName(),
            directory.toString(),
            kind.name());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /// @return the last number that was acknowledged before the end
  private static int killAfter(Process victim, int acknowledgements) throws Exception {
    int last = -1;
    int count = 0;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("acknowledged ")) continue;
        last = Integer.parseInt(line.substring("acknowledged ".length()));
        // By its handle: Process itself would throw away what has not been read.
        if (++count == acknowledgements)
          ProcessHandle.of(victim.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
    assertTrue(count >= acknowledgements, "it ended by itself after " + count);
    return last;
  }

  private int checkState() {
    try (var cluster = crashing(directory, kind)) {
      cluster.start(0);
      var state = cluster.leader(1).replica().state;
      var expected = IntStream.range(0, state.size()).mapToObj(Integer::toString).toList();
      assertEquals(expected, state);
      return state.size();
    }
  }
}
