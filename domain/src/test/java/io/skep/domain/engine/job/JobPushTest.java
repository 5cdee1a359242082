package io.skep.domain.engine.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer.JobsActivated;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.job.JobCommand.StreamJobs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Jobs that the leader names are handed out to a stream.
class JobPushTest {
  private final EngineFixture partition = new EngineFixture();

  @BeforeEach
  void deploy() {
    partition.deploy(ModelBuilder.process("order").start("start").task("work").end("end"));
  }

  @Test
  void shouldHandOutTheJobsThatAreNamed() {
    // given
    partition.create("order", "{\"a\":1,\"b\":2}");
    partition.create("order", "{\"a\":3,\"b\":4}");
    long second = jobKeys().getLast();

    // when
    JobsActivated pushed = push("work", 1_000_000, second);

    // then
    ActivatedJob job = pushed.jobs().getFirst();
    assertEquals(1, pushed.jobs().size());
    assertEquals(second, job.key());
    assertEquals("streamer", job.worker());
    assertEquals("{\"b\":4}", job.variables().toString());
    partition.complete(job, "{}");
    assertEquals(1, jobKeys().size());
  }

  @Test
  void shouldLeaveOutWhatCannotBeHandedOutAnyMore() {
    // given
    partition.create("order", "{}");
    partition.create("order", "{}");
    partition.create("order", "{}");
    List<Long> keys = jobKeys();
    ActivatedJob taken = partition.activate("work");

    // when
    JobsActivated pushed = push("work", 1_000_000, taken.key(), keys.get(1), 77);

    // then
    assertEquals(List.of(keys.get(1)), keysOf(pushed));
    assertEquals(List.of(), push("other", 1_000_000, keys.get(2)).jobs());
  }

  @Test
  void shouldSayThatItLeftJobsOutThatDoNotFitIn() {
    // given
    String large = "{\"b\":\"" + "x".repeat(1_000) + "\"}";
    partition.create("order", large);
    partition.create("order", large);
    List<Long> keys = jobKeys();

    // when
    JobsActivated pushed = push("work", 2_000, keys.get(0), keys.get(1));

    // then
    assertTrue(pushed.truncated());
    assertEquals(List.of(keys.getFirst()), keysOf(pushed));
    assertEquals(List.of(keys.getLast()), keysOf(push("work", 2_000, keys.getLast())));
  }

  private List<Long> jobKeys() {
    var keys = new ArrayList<Long>();
    JobTable jobs = partition.state().jobs();
    for (Job job = jobs.nextActivatable("work", 0); job != null; ) {
      keys.add(job.key());
      job = jobs.nextActivatable("work", job.key());
    }
    return keys;
  }

  private JobsActivated push(String type, int maxBytes, long... keys) {
    var named = java.util.Arrays.stream(keys).boxed().toList();
    var command =
        new StreamJobs(
            1, type, "streamer", 60_000, List.of("b"), List.of("<default>"), maxBytes, named);
    return assertInstanceOf(JobsActivated.class, partition.process(command).answer());
  }

  private static List<Long> keysOf(JobsActivated activated) {
    return activated.jobs().stream().map(ActivatedJob::key).toList();
  }
}
