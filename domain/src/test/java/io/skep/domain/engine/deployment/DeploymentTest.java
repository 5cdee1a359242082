package io.skep.domain.engine.deployment;

import static io.skep.domain.engine.EngineFixture.assertRejected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.EngineFixture;
import io.skep.domain.engine.FakeResources;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.Rejection.Reason;
import io.skep.domain.engine.element.ProcessModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private final EngineFixture partition = new EngineFixture();

  private static ProcessModel model(String id) {
    return ModelBuilder.process(id).start("start").end("end").build();
  }

  @Test
  void shouldCountVersionsOfChangedContent() {
    // when
    DeployedProcess first = deploy(partition.file("order.bpmn", model("order")));
    DeployedProcess second = deploy(partition.file("order.bpmn", model("order")));

    // then
    assertEquals(1, first.version());
    assertEquals(2, second.version());
    assertNotEquals(first.key(), second.key());
    assertEquals(second.key(), partition.state().processes().latest("order").key());
    assertEquals(first.key(), partition.state().processes().version("order", 1).key());
  }

  @Test
  void shouldKeepTheVersionOfUnchangedContent() {
    // given
    Resource file = partition.file("order.bpmn", model("order"));
    var first = assertInstanceOf(Answer.ResourcesDeployed.class, partition.deploy(file));

    // when
    var again = assertInstanceOf(Answer.ResourcesDeployed.class, partition.deploy(file));

    // then
    assertNotEquals(first.deploymentKey(), again.deploymentKey());
    assertEquals(first.processes().getFirst().key(), again.processes().getFirst().key());
    assertTrue(again.processes().getFirst().duplicate());
    assertEquals(1, partition.state().processes().size());
  }

  @Test
  void shouldMakeANewVersionOfTheSameContentUnderAnotherName() {
    // given
    Resource file = partition.file("a.bpmn", model("order"));
    deploy(file);

    // when
    DeployedProcess renamed = deploy(new Resource("b.bpmn", file.content()));

    // then
    assertEquals(2, renamed.version());
  }

  @Test
  void shouldMakeANewVersionOfAnOlderContent() {
    // given
    Resource older = partition.file("order.bpmn", model("order"));
    deploy(older);
    deploy(partition.file("order.bpmn", model("order")));

    // when
    DeployedProcess again = deploy(older);

    // then
    assertEquals(3, again.version());
  }

  @Test
  void shouldMakeANewVersionOfAllThatIsDeployedTogetherIfOneHasChanged() {
    // given
    Resource unchanged = partition.file("a.bpmn", model("a"));
    partition.deploy(unchanged, partition.file("b.bpmn", model("b")));

    // when
    var answer =
        assertInstanceOf(
            Answer.ResourcesDeployed.class,
            partition.deploy(unchanged, partition.file("b.bpmn", model("b"))));

    // then
    assertEquals(List.of(2, 2), answer.processes().stream().map(DeployedProcess::version).toList());
  }

  @Test
  void shouldDeployEveryProcessOfAFile() {
    // when
    Answer answer = partition.deploy(partition.file("two.bpmn", model("one"), model("two")));

    // then
    assertEquals(
        List.of("one", "two"),
        assertInstanceOf(Answer.ResourcesDeployed.class, answer).processes().stream()
            .map(DeployedProcess::bpmnProcessId)
            .toList());
    partition.create("one");
    partition.create("two");
  }

  @Test
  void shouldDeployAllOrNothing() {
    // when
    Answer answer =
        partition.deploy(
            partition.file("good.bpmn", model("good")), FakeResources.unreadable("bad.bpmn"));

    // then
    assertRejected(Reason.INVALID_ARGUMENT, answer);
    assertTrue(((Rejection) answer).message().contains("'bad.bpmn': no model"));
    assertNull(partition.state().processes().latest("good"));
  }

  @Test
  void shouldRefuseTheSameProcessTwiceInOneDeployment() {
    // when
    Answer answer =
        partition.deploy(
            partition.file("a.bpmn", model("order")), partition.file("b.bpmn", model("order")));

    // then
    assertRejected(Reason.INVALID_ARGUMENT, answer);
    assertNull(partition.state().processes().latest("order"));
  }

  @Test
  void shouldRefuseToDeployNothing() {
    assertRejected(Reason.INVALID_ARGUMENT, partition.deploy());
  }

  private DeployedProcess deploy(Resource file) {
    return assertInstanceOf(Answer.ResourcesDeployed.class, partition.deploy(file))
        .processes()
        .getFirst();
  }
}
