package io.skep.domain.engine.signal;

import static io.skep.domain.engine.ModelBuilder.message;
import static io.skep.domain.engine.ModelBuilder.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Partitions;
import io.skep.domain.engine.element.event.SignalDefinition;
import io.skep.domain.engine.incident.IncidentType;
import io.skep.domain.expression.FakeExpression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTest {
  private final EngineFixture partition = new EngineFixture();

  @Test
  void shouldReachAllWhoListenNow() {
    // given
    partition.deploy(listening());
    long first = partition.create("guard", "{}");
    long second = partition.create("guard", "{}");

    // when
    Answer answer = partition.broadcast("alarm", "{\"level\":3}");

    // then
    assertInstanceOf(Answer.Done.class, answer);
    assertFalse(partition.isRunning(first));
    assertFalse(partition.isRunning(second));
    assertTrue(partition.isRunning(partition.create("guard", "{}")), "not kept");
  }

  @Test
  void shouldNotReachThoseWhoListenForAnother() {
    // given
    partition.deploy(listening());
    long instance = partition.create("guard", "{}");

    // when
    partition.broadcast("other", "{}");

    // then
    assertTrue(partition.isRunning(instance));
  }

  @Test
  void shouldReachEveryPartition() {
    // given
    var partitions = new Partitions(3);
    partitions.deploy(listening());
    var instances = new ArrayList<Long>();
    for (int id = 1; id <= 3; id++) instances.add(partitions.get(id).create("guard", "{}"));

    // when
    partitions.get(2).broadcast("alarm", "{}");
    partitions.settle();

    // then
    for (long key : instances) assertFalse(partitions.ofKey(key).isRunning(key));
    partitions.assertNothingLeft();
  }

  @Test
  void shouldStartOneInstanceOfTheNewestVersion() {
    // given
    var partitions = new Partitions(2);
    partitions.deploy(started("old"));
    partitions.deploy(started("new"));

    // when
    partitions.get(1).broadcast("alarm", "{\"level\":5}");
    partitions.settle();

    // then
    assertEquals(0, partitions.get(1).activate("old", 10).size());
    assertEquals(0, partitions.get(2).activate("new", 10).size());
    assertEquals("{\"level\":5}", partitions.get(1).activate("new").variables().toString());
  }

  @Test
  void shouldReachMoreThanOneStepTakes() {
    // given
    partition.deploy(listening());
    for (int i = 0; i < 450; i++) partition.create("guard", "{}");

    // when
    partition.broadcast("alarm", "{}");
    partition.settle();

    // then
    partition.assertNothingLeft();
  }

  @Test
  void shouldReachNobodyWhoListensBecauseOfIt() {
    // given: who hears it listens again
    partition.deploy(
        ModelBuilder.process("guard")
            .start("start")
            .exclusive("again")
            .waitFor("wait", signal("alarm"))
            .task("work")
            .to("again"));
    partition.create("guard", "{}");
    partition.broadcast("alarm", "{}");
    assertEquals(1, partition.activate("work", 10).size());

    // when
    partition.broadcast("alarm", "{}");

    // then
    assertEquals(0, partition.activate("work", 10).size());
  }

  @Test
  void shouldInterruptAndAccompany() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .task("work")
            .accompaniedBy("heard", signal("news"))
            .task("read")
            .end("read-end")
            .at("work")
            .interruptedBy("stopped", signal("alarm"))
            .task("handle")
            .end("handled")
            .at("work")
            .end("end"));
    long instance = partition.create("order", "{}");

    // when
    partition.broadcast("news", "{\"n\":1}");
    partition.broadcast("news", "{\"n\":2}");
    partition.broadcast("alarm", "{\"level\":3}");
    partition.broadcast("alarm", "{\"level\":4}");

    // then
    assertEquals(2, partition.activate("read", 10).size());
    assertEquals(1, partition.activate("handle", 10).size());
    assertEquals(List.of(), partition.elements("work"));
    assertEquals("{\"n\":2,\"level\":3}", partition.variables(instance));
    partition.cancel(instance);
    partition.assertNothingLeft();
  }

  @Test
  void shouldStopAtANameThatIsNone() {
    // given
    var definition = new SignalDefinition(FakeExpression.variable("name"));
    partition.deploy(
        ModelBuilder.process("guard").start("start").waitFor("wait", definition).end("end"));
    long instance = partition.create("guard", "{}");
    assertEquals(IncidentType.EXTRACT_VALUE_ERROR, partition.incident().type());

    // when
    partition.setVariables(instance, "{\"name\":\"alarm\"}");
    partition.resolve(partition.incident().key());
    partition.broadcast("alarm", "{}");

    // then
    assertFalse(partition.isRunning(instance));
  }

  @Test
  void shouldBroadcastFromWithinAProcess() {
    // given
    var partitions = new Partitions(2);
    partitions.deploy(started("react"));
    partitions.deploy(
        ModelBuilder.process("order")
            .start("start")
            .broadcast("raise", signal("alarm"))
            .inputs(FakeExpression.mapping("level", visible -> visible.number("total")))
            .end("end"));

    // when
    long instance = partitions.get(2).create("order", "{\"total\":7}");
    partitions.settle();

    // then
    assertFalse(partitions.get(2).isRunning(instance));
    assertEquals("{\"level\":7}", partitions.get(2).activate("react").variables().toString());
    assertEquals(0, partitions.get(1).activate("react", 10).size());
  }

  @Test
  void shouldTakeTheFirstOfSeveralEvents() {
    // given
    partition.deploy(
        ModelBuilder.process("order")
            .start("start")
            .firstOf("first")
            .waitFor("paid", message("paid", "id"))
            .task("on-paid")
            .end("paid-end")
            .at("first")
            .waitFor("alarm", signal("alarm"))
            .task("on-alarm")
            .end("alarm-end")
            .at("first")
            .timer("late", ModelBuilder.after("PT1M"))
            .task("on-late")
            .end("late-end"));

    // when
    long byMessage = partition.create("order", "{\"id\":\"1\"}");
    partition.trace();
    partition.publish("paid", "1", "{\"amount\":1}");
    List<String> trace = partition.elementTrace();
    long bySignal = partition.create("order", "{\"id\":\"2\"}");
    partition.broadcast("alarm", "{\"level\":3}");
    long byTimer = partition.create("order", "{\"id\":\"3\"}");
    partition.pass(Duration.ofMinutes(1));

    // then
    assertEquals(
        List.of(
            "EVENT_BASED_GATEWAY first ELEMENT_COMPLETING",
            "EVENT_BASED_GATEWAY first ELEMENT_COMPLETED",
            "INTERMEDIATE_CATCH_EVENT paid ELEMENT_ACTIVATING",
            "INTERMEDIATE_CATCH_EVENT paid ELEMENT_ACTIVATED",
            "INTERMEDIATE_CATCH_EVENT paid ELEMENT_COMPLETING",
            "INTERMEDIATE_CATCH_EVENT paid ELEMENT_COMPLETED",
            "SEQUENCE_FLOW paid-on-paid SEQUENCE_FLOW_TAKEN"),
        trace.subList(0, 7));
    assertEquals(byMessage, partition.activate("on-paid").processInstanceKey());
    assertEquals(bySignal, partition.activate("on-alarm").processInstanceKey());
    assertEquals(byTimer, partition.activate("on-late").processInstanceKey());
    assertEquals("{\"id\":\"2\",\"level\":3}", partition.variables(bySignal));
    assertEquals(0, partition.state().messageSubscriptions().size());
    assertEquals(0, partition.state().signalSubscriptions().size());
    assertEquals(0, partition.state().timers().size());
  }

  private static ModelBuilder listening() {
    return ModelBuilder.process("guard").start("start").waitFor("wait", signal("alarm")).end("end");
  }

  private static ModelBuilder started(String jobType) {
    return ModelBuilder.process("light").startOnSignal("start", "alarm").task(jobType).end("end");
  }
}
