package io.skep.domain.engine.message;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.createCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Partitions;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.job.ActivatedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageStartTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldStartAnInstanceWithTheVariables() {
    // given
    partition.deploy(started("work"));
    partition.trace();

    // when
    partition.publish("ordered", "", "{\"item\":\"pen\"}");

    // then
    assertEquals(
        List.of(
            "MESSAGE ordered PUBLISHED",
            "MESSAGE_SUBSCRIPTION INSTANCE_STARTED",
            "PROCESS order ELEMENT_ACTIVATING",
            "PROCESS order ELEMENT_ACTIVATED",
            "START_EVENT start ELEMENT_ACTIVATING",
            "START_EVENT start ELEMENT_ACTIVATED",
            "VARIABLE item=\"pen\" CREATED",
            "START_EVENT start ELEMENT_COMPLETING",
            "VARIABLE item=\"pen\" CREATED",
            "START_EVENT start ELEMENT_COMPLETED",
            "SEQUENCE_FLOW start-work SEQUENCE_FLOW_TAKEN"),
        partition.trace().subList(0, 11));
    assertEquals("{\"item\":\"pen\"}", partition.activate("work").variables().toString());
  }

  @Test
  void shouldStartAnyNumberWithoutACorrelationKey() {
    // given
    partition.deploy(started("work"));

    // when
    partition.publish("ordered", "", "{}");
    partition.publish("ordered", "", "{}");

    // then
    assertEquals(2, partition.activate("work", 10).size());
  }

  @Test
  void shouldRunOneInstanceForEachCorrelationKey() {
    // given
    partition.deploy(started("work"));
    for (int i = 1; i <= 3; i++) partition.publish("ordered", "a", "{\"n\":" + i + "}");
    partition.publish("ordered", "b", "{\"n\":4}");
    List<ActivatedJob> jobs = partition.activate("work", 10);
    assertEquals(2, jobs.size());

    // when
    partition.complete(jobs.getFirst(), "{}");

    // then
    ActivatedJob second = partition.activate("work");
    assertEquals("{\"n\":2}", second.variables().toString());

    // when
    partition.cancel(second.processInstanceKey());

    // then
    ActivatedJob third = partition.activate("work");
    assertEquals("{\"n\":3}", third.variables().toString());

    // when
    partition.complete(third, "{}");

    // then
    assertEquals(0, partition.activate("work", 10).size());
  }

  @Test
  void shouldNotKeepAMessageWithoutTimeToLiveForTheNext() {
    // given
    partition.deploy(started("work"));
    partition.publish("ordered", "a", "{\"n\":1}");
    ActivatedJob first = partition.activate("work");
    partition.publish("ordered", "a", "{\"n\":2}", Duration.ZERO);
    partition.publish("ordered", "a", "{\"n\":3}", Duration.ofSeconds(1));
    partition.publish("ordered", "a", "{\"n\":4}");

    // when
    partition.pass(Duration.ofSeconds(1));
    partition.complete(first, "{}");

    // then
    assertEquals("{\"n\":4}", partition.activate("work").variables().toString());
  }

  @Test
  void shouldStartTheNewestVersionOnly() {
    // given
    partition.deploy(started("old"));
    partition.deploy(started("new"));

    // when
    partition.publish("ordered", "", "{}");

    // then
    assertEquals(0, partition.activate("old", 10).size());
    assertEquals(1, partition.activate("new", 10).size());
  }

  @Test
  void shouldNotStartByAMessageFromBefore() {
    // given
    partition.publish("ordered", "a", "{}");

    // when
    partition.deploy(started("work"));

    // then
    assertEquals(0, partition.activate("work", 10).size());
  }

  @Test
  void shouldGiveAMessageToAnInstanceThatWaitsRatherThanToTheStart() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("by-hand")
            .waitFor("wait", ModelBuilder.message("ordered", "id"))
            .end("end")
            .startOnMessage("start", "ordered")
            .task("work")
            .end("done"));
    long instance = partition.create("order", "{\"id\":\"a\"}");

    // when
    partition.publish("ordered", "a", "{}");

    // then
    assertFalse(partition.isRunning(instance));
    assertEquals(0, partition.activate("work", 10).size());
  }

  @Test
  void shouldRefuseToStartByHandWithoutANoneStartEvent() {
    // given
    partition.deploy(started("work"));

    // then
    assertRejected(Reason.INVALID_STATE, partition.process(createCommand("order", "{}")).answer());
  }

  @Test
  void shouldStartOnThePartitionOfTheCorrelationKey() {
    // given
    var partitions = new Partitions(3);
    partitions.deploy(started("work"));
    String key = partitions.correlationKeyOf(3);

    // when
    partitions.publish("ordered", key, "{}");

    // then
    ActivatedJob job = partitions.get(3).activate("work");
    assertEquals(3, Routing.ofKey(job.processInstanceKey()));
    assertTrue(partitions.get(1).activate("work", 1).isEmpty());
  }

  private static ModelBuilder started(String jobType) {
    return ModelBuilder.process("order")
        .startOnMessage("start", "ordered")
        .task(jobType)
        .end("end");
  }
}
