package io.skep.domain.engine;

import static io.skep.domain.engine.EngineFixture.START_MS;
import static io.skep.domain.engine.EngineFixture.TENANT;
import static io.skep.domain.engine.EngineFixture.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.skep.domain.engine.deployment.DeploymentCommand.DeployResources;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is read back into memory: no more than is needed, however much there is.
class ReadsBackTest {
  private static final int MANY = 1_000;

  private final FakeResources resources = new FakeResources();
  private final Engine engine = new Engine(1, 1, resources, false);
  private final CheckpointMemory memory = new CheckpointMemory();

  @BeforeEach
  void deploy() {
    var model =
        ModelBuilder.process("order")
            .start("start")
            .waitFor("wait", ModelBuilder.message("paid", "id"))
            .end("end")
            .build();
    process(new DeployResources(List.of(resources.file("order.bpmn", model)), TENANT));
  }

  @Test
  void shouldReadOfThoseWhoWaitForTheSameOnlyWhoGetsTheMessage() {
    // given
    for (int i = 0; i < MANY; i++) process(EngineFixture.createCommand("order", "{\"id\":\"1\"}"));
    leaveMemory();

    // when
    publish("1");

    // then: the subscription, and the instance that has ended with it
    assertEquals(2, memory.reads());
    int definitionsAndMessages = 2;
    assertEquals(
        2 * (MANY - 1) + definitionsAndMessages, engine.state().aggregates().sortedKeys().length);
  }

  @Test
  void shouldReadOfMessagesForTheSameOnlyWhatIsThereToBeHad() {
    // given: each is kept on, for other processes
    for (int i = 0; i < MANY; i++) {
      publish("1");
      process(EngineFixture.createCommand("order", "{\"id\":\"1\"}"));
    }
    publish("1");
    publish("1");
    leaveMemory();

    // when
    process(EngineFixture.createCommand("order", "{\"id\":\"1\"}"));

    // then
    assertEquals(1, memory.reads());
    assertEquals(0, engine.state().elements().size());
    assertEquals(MANY + 2, engine.state().messages().count());
  }

  @Test
  void shouldReadNothingForAMessageThatNobodyWaitsFor() {
    // given
    for (int i = 0; i < MANY; i++) process(EngineFixture.createCommand("order", "{\"id\":\"1\"}"));
    leaveMemory();

    // when
    publish("2");

    // then
    assertEquals(0, memory.reads());
  }

  private void publish(String correlationKey) {
    process(new PublishMessage("paid", correlationKey, 3_600_000, "", json("{}"), TENANT));
  }

  private void process(Command command) {
    Outcome outcome = engine.process(command, START_MS, 1, 1);
    assertNull(outcome.fault());
  }

  private void leaveMemory() {
    memory.begin(engine);
    memory.finish();
    assertEquals(0, engine.state().aggregates().presentCount());
    assertEquals(0, memory.reads());
  }
}
