package io.skep.domain.engine.deployment;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static io.skep.domain.engine.EngineFixture.createCommand;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Partitions;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.deployment.DeploymentCommand.DeleteResource;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldMakeNoMoreInstances() {
    // given
    long key = partition.deploy(task("a")).key();

    // when
    Answer answer = delete(key);

    // then
    assertInstanceOf(Answer.Done.class, answer);
    assertRejected(Reason.NOT_FOUND, partition.process(createCommand("order", "{}")).answer());
    assertRejected(Reason.NOT_FOUND, delete(key));
  }

  @Test
  void shouldUncoverTheVersionBefore() {
    // given
    long first = partition.deploy(task("a")).key();
    long second = partition.deploy(task("b")).key();

    // when
    delete(second);

    // then
    partition.create("order");
    assertEquals(first, partition.activate("a").processDefinitionKey());
  }

  @Test
  void shouldNotUseAVersionAgain() {
    // given
    delete(partition.deploy(task("a")).key());
    long second = partition.deploy(task("b")).key();
    assertEquals(2, partition.state().processes().get(second).version());
    delete(second);
    partition.restart();

    // then
    assertEquals(3, partition.deploy(task("c")).version());
  }

  @Test
  void shouldMakeANewVersionOfWhatADeletedOneHadReplaced() {
    // given
    Resource file = partition.file("order.bpmn", task("a").build());
    partition.deploy(file);
    delete(partition.deploy(task("b")).key());

    // when
    Answer answer = partition.deploy(file);

    // then
    var deployed = assertInstanceOf(Answer.ResourcesDeployed.class, answer).processes().getFirst();
    assertEquals(3, deployed.version());
    assertFalse(deployed.duplicate());
  }

  @Test
  void shouldRefuseWhileInstancesRunOnItsPartition() {
    // given
    long key = partition.deploy(task("a")).key();
    partition.create("order");

    // then
    assertRejected(Reason.INVALID_STATE, delete(key));

    // when
    partition.work("a");

    // then
    assertInstanceOf(Answer.Done.class, delete(key));
  }

  @Test
  void shouldLetInstancesOnOtherPartitionsGoOn() {
    // given
    var partitions = new Partitions(2);
    long key = partitions.deploy(task("a"));
    EngineFixture other = partitions.get(2);
    long first = other.create("order");
    long second = other.create("order");

    // when
    assertNull(partitions.get(1).process(new DeleteResource(key)).answer(), "waits for the others");
    partitions.settle();

    // then
    assertInstanceOf(Answer.Done.class, partitions.get(1).replies().getLast().answer());
    assertRejected(Reason.NOT_FOUND, other.process(createCommand("order", "{}")).answer());
    other.restart();
    other.cancel(first);
    assertEquals(1, other.state().processes().retiredCount());
    other.work("a");
    assertFalse(other.isRunning(second));
    partitions.assertNothingLeft();
  }

  @Test
  void shouldUncoverTheStartEventOfTheVersionBefore() {
    // given
    partition.deploy(started("old"));
    long second = partition.deploy(started("new")).key();

    // when
    delete(second);
    partition.publish("ordered", "", "{}");

    // then
    assertEquals(1, partition.activate("old", 10).size());
    assertEquals(0, partition.activate("new", 10).size());
  }

  @Test
  void shouldKeepTheStartEventOfTheNewestWhenAnOlderVersionGoes() {
    // given
    long first = partition.deploy(started("old")).key();
    partition.deploy(started("new"));

    // when
    delete(first);
    partition.publish("ordered", "", "{}");

    // then
    assertEquals(1, partition.activate("new", 10).size());
  }

  @Test
  void shouldStartNothingWhenAllVersionsAreGone() {
    // given
    delete(partition.deploy(started("work")).key());

    // when
    partition.publish("ordered", "", "{}");

    // then
    assertTrue(partition.activate("work", 10).isEmpty());
    assertEquals(0, partition.state().startSubscriptions().size());
  }

  private Answer delete(long key) {
    return partition.process(new DeleteResource(key)).answer();
  }

  private static ModelBuilder task(String jobType) {
    return ModelBuilder.process("order").start("start").task(jobType).end("end");
  }

  private static ModelBuilder started(String jobType) {
    return ModelBuilder.process("order")
        .startOnMessage("start", "ordered")
        .task(jobType)
        .end("end");
  }
}
