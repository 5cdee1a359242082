package io.skep.simulation;

import io.skep.domain.engine.FakeResources;
import io.skep.domain.engine.ModelBuilder;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.expression.ProcessReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The processes that clients deploy. Each file differs from all others, so that each deployment
/// makes a new version.
final class Models implements ProcessReader {
  /// Those that clients start.
  static final List<String> CREATABLE =
      List.of(
          "task",
          "timer",
          "boundary",
          "parallel",
          "scopes",
          "message",
          "message-boundary",
          "signal");

  /// One that messages start.
  private static final String STARTED = "message-start";

  /// What messages and signals are called.
  static final String MESSAGE = "message";

  static final String START_MESSAGE = "start-message";
  static final String SIGNAL = "signal";

  /// The variable that holds the correlation key.
  private static final String KEY = "key";

  static final String JOB_TYPE = "work";

  static List<String> ids() {
    var ids = new ArrayList<>(CREATABLE);
    ids.add(STARTED);
    return ids;
  }

  private final FakeResources resources = new FakeResources();
  private final Map<ProcessModel, ProcessModel> reversed = new IdentityHashMap<>();

  private static ModelBuilder model(String id) {
    ModelBuilder process = ModelBuilder.process(id).start("start");
    return switch (id) {
      case "task" -> process.task("one").type(JOB_TYPE).task("two").type(JOB_TYPE).end("end");
      case "timer" ->
          process.timer("wait", ModelBuilder.after("PT3S")).task("one").type(JOB_TYPE).end("end");
      case "boundary" ->
          process
              .task("one")
              .type(JOB_TYPE)
              .accompaniedBy("remind", ModelBuilder.every("R2/PT1S"))
              .pass("reminded")
              .at("one")
              .interruptedBy("late", ModelBuilder.after("PT6S"))
              .end("late-end")
              .at("one")
              .end("end");
      case "parallel" -> {
        process.parallel("fork").task("a").type(JOB_TYPE).parallel("join").end("end");
        process.at("fork").task("b").type(JOB_TYPE).to("join");
        yield process.at("fork").pass("c").to("join");
      }
      case "scopes" ->
          process
              .subProcess("scope")
              .start("inner-start")
              .task("inner")
              .type(JOB_TYPE)
              .endSubProcess()
              .interruptedBy("late", ModelBuilder.after("PT5S"))
              .end("late-end")
              .at("scope")
              .end("end");
      case "message" ->
          process
              .waitFor("wait", ModelBuilder.message(MESSAGE, KEY))
              .task("one")
              .type(JOB_TYPE)
              .end("end");
      case "message-boundary" ->
          process
              .task("one")
              .type(JOB_TYPE)
              .accompaniedBy("heard", ModelBuilder.message(MESSAGE, KEY))
              .end("heard-end")
              .at("one")
              .interruptedBy("stopped", ModelBuilder.message(START_MESSAGE, KEY))
              .end("stopped-end")
              .at("one")
              .end("end");
      case "signal" -> process.waitFor("wait", ModelBuilder.signal(SIGNAL)).end("end");
      case STARTED ->
          ModelBuilder.process(id)
              .startOnMessage("start", START_MESSAGE)
              .task("one")
              .type(JOB_TYPE)
              .end("end");
      default -> throw new IllegalArgumentException(id);
    };
  }

  /// A new version of a process.
  Resource file(String id) {
    ProcessModel model = model(id).build();
    reversed.put(
        model,
        model(id)
            .build(
                new ModelBuilder.ListView() {
                  @Override
                  public <T> List<T> of(List<T> list) {
                    var other = new ArrayList<>(list);
                    Collections.reverse(other);
                    return other;
                  }
                }));
    return resources.file(id + ".bpmn", model);
  }

  /// The same model, that lists flows in another order.
  ProcessModel reversed(ProcessModel model) {
    return reversed.get(model);
  }

  @Override
  public Reading read(String resourceName, byte[] content) {
    return resources.read(resourceName, content);
  }
}
