package io.skep.adapter.sbe.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.JobCommand.ActivateJobs;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import io.skep.domain.json.JsonObject;
import io.skep.port.out.LogCodec.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Holds how much of the log an instance takes that has one task and few variables: at most 1.5
/// times the payload and the ids that are different for each.
class LogSizeTest {
  private static final String PROCESS_ID = "bench-stream-mwsmn8ke";
  private static final JsonObject VARIABLES =
      JsonObject.parse("{\"t\":54637114410703}".getBytes(UTF_8));
  private static final long FIRST_JOB = 1L << 51;

  /// Of which an entry of a busy partition holds the parts, and that are handed out at a time:
  /// measured with 64 in flight.
  private static final int INSTANCES = 9;

  private static final int STREAMED_JOBS = 15;
  private static final int POLLED_JOBS = 20;

  /// What a log puts around an entry, with Ratis or without: term, index, the number of the request
  /// and of who made it, lengths and a checksum.
  private static final int LOG_BYTES = 40;

  /// What an instance must have in the log: which process, its variables, and which job is
  /// complete.
  private static final int NEEDED_BYTES =
      PROCESS_ID.length() + VARIABLES.text().length + Long.BYTES;

  private final SbeLogCodec codec = new SbeLogCodec();

  @Test
  void shouldHoldLittleMoreThanItMustIfJobsArePushed() {
    // given
    var keys = LongStream.range(0, STREAMED_JOBS).mapToObj(i -> FIRST_JOB + i).toList();
    var handOut =
        new StreamJobs(
            1, PROCESS_ID, "bench", 300_000, List.of(), List.of("<default>"), 4 << 20, keys);

    // when
    double bytes = bytesOfAnInstance(handOut, STREAMED_JOBS);

    // then: here the log must also say to whom a job went
    assertEquals(20, VARIABLES.text().length);
    double most = 1.5 * (NEEDED_BYTES + Long.BYTES);
    assertTrue(bytes <= most, () -> "Expected at most " + most + " bytes, but it takes " + bytes);
  }

  @Test
  void shouldHoldLittleMoreThanItMustIfJobsAreAskedFor() {
    // given
    var handOut =
        new ActivateJobs(
            PROCESS_ID, "bench", 300_000, 32, List.of(), List.of("<default>"), 4 << 20);

    // when
    double bytes = bytesOfAnInstance(handOut, POLLED_JOBS);

    // then
    double most = 1.5 * NEEDED_BYTES;
    assertTrue(bytes <= most, () -> "Expected at most " + most + " bytes, but it takes " + bytes);
  }

  /// @param handOut of so many jobs
  private double bytesOfAnInstance(Command handOut, int jobs) {
    var create = new CreateProcessInstance(PROCESS_ID, -1, 0, VARIABLES, null, "<default>");
    var commands = new ArrayList<byte[]>();
    for (int i = 0; i < INSTANCES; i++) {
      commands.add(codec.encode(create));
      commands.add(codec.encode(new CompleteJob(FIRST_JOB + i, JsonObject.empty())));
    }
    var batch = new Batch(1, 1_772_409_600_000L, 42, 7L << 40);
    int entry = codec.encodeEntry(batch, commands).length;
    commands.add(codec.encode(handOut));
    int withHandOut = codec.encodeEntry(batch, commands).length;
    return (double) (entry + LOG_BYTES) / INSTANCES + (double) (withHandOut - entry) / jobs;
  }
}
