package io.skep.domain.engine.instance;

import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.job.ActivatedJob;
import io.skep.domain.engine.job.JobCommand.UpdateJobRetries;
import io.skep.domain.expression.FakeExpression;
import io.skep.domain.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceLifeTest {
  private final EngineFixture partition = new EngineFixture();

  private static ModelBuilder task() {
    return ModelBuilder.process("order").start("start").task("work").end("end");
  }

  @Test
  void shouldRunFromStartToEndInOneTurn() {
    // given
    partition.deploy(ModelBuilder.process("order").start("start").pass("task").end("end"));
    partition.trace();

    // when
    long instance = partition.create("order", "{\"x\":1}");

    // then
    assertEquals(
        List.of(
            "VARIABLE x=1 CREATED",
            "INSTANCE_CREATED",
            "PROCESS order ELEMENT_ACTIVATING",
            "PROCESS order ELEMENT_ACTIVATED",
            "START_EVENT start ELEMENT_ACTIVATING",
            "START_EVENT start ELEMENT_ACTIVATED",
            "START_EVENT start ELEMENT_COMPLETING",
            "START_EVENT start ELEMENT_COMPLETED",
            "SEQUENCE_FLOW start-task SEQUENCE_FLOW_TAKEN",
            "MANUAL_TASK task ELEMENT_ACTIVATING",
            "MANUAL_TASK task ELEMENT_ACTIVATED",
            "MANUAL_TASK task ELEMENT_COMPLETING",
            "MANUAL_TASK task ELEMENT_COMPLETED",
            "SEQUENCE_FLOW task-end SEQUENCE_FLOW_TAKEN",
            "END_EVENT end ELEMENT_ACTIVATING",
            "END_EVENT end ELEMENT_ACTIVATED",
            "END_EVENT end ELEMENT_COMPLETING",
            "END_EVENT end ELEMENT_COMPLETED",
            "PROCESS order ELEMENT_COMPLETING",
            "PROCESS order ELEMENT_COMPLETED"),
        partition.trace());
    assertFalse(partition.isRunning(instance));
    partition.assertNothingLeft();
  }

  @Test
  void shouldCreateAnInstanceOfTheVersionAskedFor() {
    // given
    var first = partition.deploy(task());
    var second = partition.deploy(task());

    // then
    assertEquals(first.key(), create("order", 1, -1).processDefinitionKey());
    assertEquals(second.key(), create("order", -1, -1).processDefinitionKey());
    assertEquals(second.key(), create("order", -7, -1).processDefinitionKey());
    assertEquals(first.key(), create("", 0, first.key()).processDefinitionKey());
    assertEquals(
        new Answer.InstanceCreated(second.key(), "order", 2, 0, TENANT),
        withoutKey(create("order", -1, first.key())),
        "the id counts before the key");
  }

  @Test
  void shouldRefuseToCreateWhatIsNotThere() {
    // given
    partition.deploy(task());

    // then
    assertRejected(Reason.NOT_FOUND, tryToCreate("nowhere", -1, -1));
    assertRejected(Reason.NOT_FOUND, tryToCreate("order", 0, -1));
    assertRejected(Reason.NOT_FOUND, tryToCreate("order", 2, -1));
    assertRejected(Reason.NOT_FOUND, tryToCreate("", -1, 0));
    assertRejected(Reason.INVALID_ARGUMENT, tryToCreate("", -1, -1));
    assertEquals(0, partition.state().elements().size());
  }

  @Test
  void shouldRefuseToCreateAnInstanceWithoutANoneStartEvent() {
    // given
    partition.deploy(ModelBuilder.process("order").task("work").end("end"));

    // then
    assertRejected(Reason.INVALID_STATE, tryToCreate("order", -1, -1));
  }

  @Test
  void shouldTerminateEverythingInsideWhenCancelled() {
    // given
    partition.deploy(task());
    long instance = partition.create("order");
    partition.trace();

    // when
    Answer answer = partition.cancel(instance);

    // then
    assertEquals(new Answer.Done(instance), answer);
    assertEquals(
        List.of(
            "PROCESS order ELEMENT_TERMINATING",
            "SERVICE_TASK work ELEMENT_TERMINATING",
            "JOB work CANCELED",
            "SERVICE_TASK work ELEMENT_TERMINATED",
            "PROCESS order ELEMENT_TERMINATED"),
        partition.trace());
    assertTrue(partition.activate("work", 1).isEmpty());
    partition.assertNothingLeft();
  }

  @Test
  void shouldRefuseToCancelWhatIsNoRunningInstance() {
    // given
    var definition = partition.deploy(task());
    long instance = partition.create("order");
    long task = partition.element("work").key();
    ActivatedJob job = partition.activate("work");

    // then
    assertRejected(Reason.NOT_FOUND, partition.cancel(definition.key()));
    assertRejected(Reason.NOT_FOUND, partition.cancel(task));
    assertRejected(Reason.NOT_FOUND, partition.cancel(job.key()));

    // when
    partition.complete(job, "{}");

    // then
    assertRejected(Reason.NOT_FOUND, partition.cancel(instance));
  }

  @Test
  void shouldResolveIncidentsOfACancelledInstance() {
    // given
    partition.deploy(task());
    partition.deploy(
        ModelBuilder.process("typeless")
            .start("start")
            .task("work")
            .type(FakeExpression.variable("missing"))
            .end("end"));
    long ofJob = partition.create("order");
    ActivatedJob job = partition.activate("work");
    partition.fail(job, 0, 0);
    long ofElement = partition.create("typeless");
    long incident = partition.incidents().getLast().key();
    partition.trace();

    // when
    partition.cancel(ofJob);
    partition.cancel(ofElement);

    // then
    assertTrue(partition.trace().contains("INCIDENT work JOB_NO_RETRIES RESOLVED"));
    assertRejected(Reason.NOT_FOUND, partition.resolve(incident));
    assertRejected(
        Reason.NOT_FOUND, partition.process(new UpdateJobRetries(job.key(), 1)).answer());
    partition.assertNothingLeft();
  }

  private Answer.InstanceCreated create(String id, int version, long key) {
    return assertInstanceOf(Answer.InstanceCreated.class, tryToCreate(id, version, key));
  }

  private Answer tryToCreate(String id, int version, long key) {
    return partition
        .process(new CreateProcessInstance(id, version, key, JsonObject.empty(), null, TENANT))
        .answer();
  }

  private static Answer.InstanceCreated withoutKey(Answer.InstanceCreated created) {
    return new Answer.InstanceCreated(
        created.processDefinitionKey(),
        created.bpmnProcessId(),
        created.version(),
        0,
        created.tenantId());
  }
}
