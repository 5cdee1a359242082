package io.skep.domain.engine;

import io.skep.domain.engine.element.event.EventDefinition;
import io.skep.domain.engine.element.event.MessageDefinition;
import io.skep.domain.engine.element.event.TimerDefinition;
import io.skep.domain.expression.Evaluation;
import io.skep.domain.expression.Expression;
import io.skep.domain.expression.FakeExpression;
import java.util.List;
import java.util.SplittableRandom;

/// Process models of nested blocks, drawn from a seed. Every instance ends if all its work is done:
/// what forks joins, loops end by chance, and an incident needs no more than the variable `ok`.
final class RandomModel {
  static final List<String> JOB_TYPES = List.of("a", "b", "c");
  static final String REPAIR = "{\"ok\":true}";

  /// Names of messages and signals that something stops and waits for.
  static final List<String> AWAITED = List.of("m", "n");

  /// Names of those that happen beside some work.
  static final List<String> BESIDES = List.of("x", "y");

  static final String STARTING = "begin";

  /// The variable with the correlation key.
  static final String KEY = "k";

  private static final int MAX_DEPTH = 3;

  private final SplittableRandom random;
  private final ModelBuilder model;
  private int number;

  private RandomModel(String id, SplittableRandom random) {
    this.random = random;
    this.model = ModelBuilder.process(id);
  }

  static ModelBuilder draw(String id, SplittableRandom random) {
    var drawn = new RandomModel(id, random);
    drawn.model.start(drawn.name("start"));
    drawn.blocks(0);
    drawn.model.end(drawn.name("end"));
    if (random.nextInt(3) == 0) {
      drawn.model.startOnMessage(drawn.name("start"), STARTING);
      drawn.block(2);
      drawn.model.end(drawn.name("end"));
    }
    if (random.nextInt(3) == 0) {
      drawn.model.startOnSignal(drawn.name("start"), STARTING);
      drawn.block(2);
      drawn.model.end(drawn.name("end"));
    }
    return drawn.model;
  }

  private String name(String kind) {
    return kind + number++;
  }

  private void blocks(int depth) {
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) block(depth);
  }

  private void block(int depth) {
    int kinds = depth == MAX_DEPTH ? 7 : 12;
    switch (random.nextInt(kinds)) {
      case 0 -> {
        model.pass(name("pass"));
        mappings();
      }
      case 1 -> model.timer(name("timer"), timer());
      case 2, 3 -> task(depth);
      case 4 -> {
        model.waitFor(name("wait"), awaited());
        mappings();
      }
      case 5 -> {
        String receive = name("receive");
        model.receive(receive, message(AWAITED));
        mappings();
        boundaryEvents(receive, depth);
      }
      // Whoever is only accompanied by a signal would hear his own again and again.
      case 6 -> model.broadcast(name("broadcast"), ModelBuilder.signal(oneOf(AWAITED)));
      case 7 -> choice(depth);
      case 8 -> fork(depth);
      case 9 -> loop(depth);
      case 10 -> firstOf(depth);
      default -> subProcess(depth);
    }
  }

  private void task(int depth) {
    String task = name("task");
    model.task(task).type(JOB_TYPES.get(random.nextInt(JOB_TYPES.size())));
    if (random.nextInt(8) == 0) model.type(orFailing("a"));
    if (random.nextInt(8) == 0) model.retries(orFailing(2));
    mappings();
    boundaryEvents(task, depth);
  }

  private void subProcess(int depth) {
    String sub = name("sub");
    model.subProcess(sub).start(name("start"));
    blocks(depth + 1);
    if (random.nextBoolean()) model.end(name("end"));
    model.endSubProcess();
    mappings();
    boundaryEvents(sub, depth);
  }

  /// Whoever is interrupted goes on behind the activity; whoever accompanies it ends on its own.
  private void boundaryEvents(String activity, int depth) {
    if (random.nextInt(3) > 0) return;
    String merge = name("merge");
    model.exclusive(merge);
    for (int i = random.nextInt(3); i >= 0; i--) {
      model.at(activity);
      boolean interrupting = random.nextBoolean();
      if (interrupting) model.interruptedBy(name("late"), beside());
      else model.accompaniedBy(name("reminder"), random.nextInt(3) == 0 ? cycle() : beside());
      if (random.nextInt(3) == 0) block(Math.min(depth + 1, MAX_DEPTH));
      if (interrupting) model.to(merge);
      else if (random.nextBoolean()) model.end(name("end"));
    }
    model.at(merge);
  }

  private void choice(int depth) {
    String choice = name("choice");
    model.exclusive(choice);
    String merge = null;
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      model.at(choice);
      if (i == 0 && random.nextBoolean()) model.otherwise();
      else model.when(i == 0 ? orFailing(true) : chance());
      block(depth + 1);
      if (merge == null) model.exclusive(merge = name("merge"));
      else model.to(merge);
    }
    model.at(merge);
  }

  private void fork(int depth) {
    String fork = name("fork");
    model.parallel(fork);
    String join = null;
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      model.at(fork);
      block(depth + 1);
      if (join == null) model.parallel(join = name("join"));
      else model.to(join);
    }
    if (random.nextInt(4) == 0) {
      // A branch that nobody waits for.
      model.at(fork);
      block(depth + 1);
    }
    model.at(join);
  }

  private void loop(int depth) {
    String again = name("again");
    model.exclusive(again);
    block(depth + 1);
    String choice = name("choice");
    model
        .exclusive(choice)
        .when(chance())
        .to(again)
        .at(choice)
        .otherwise()
        .exclusive(name("merge"));
  }

  private void firstOf(int depth) {
    String gateway = name("first");
    model.firstOf(gateway);
    String merge = null;
    for (int i = 1 + random.nextInt(2); i >= 0; i--) {
      model.at(gateway).waitFor(name("wait"), random.nextInt(3) == 0 ? timer() : awaited());
      block(depth + 1);
      if (merge == null) model.exclusive(merge = name("merge"));
      else model.to(merge);
    }
    model.at(merge);
  }

  private EventDefinition awaited() {
    return random.nextBoolean() ? message(AWAITED) : ModelBuilder.signal(oneOf(AWAITED));
  }

  private EventDefinition beside() {
    return switch (random.nextInt(3)) {
      case 0 -> message(BESIDES);
      case 1 -> ModelBuilder.signal(oneOf(BESIDES));
      default -> timer();
    };
  }

  private MessageDefinition message(List<String> names) {
    String name = oneOf(names);
    return random.nextInt(4) == 0
        ? new MessageDefinition(orFailing(name), FakeExpression.variable(KEY))
        : ModelBuilder.message(name, KEY);
  }

  private String oneOf(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }

  private void mappings() {
    if (random.nextInt(5) == 0) model.inputs(mapping());
    if (random.nextInt(5) == 0) model.outputs(mapping());
  }

  private Expression mapping() {
    String target = String.valueOf((char) ('u' + random.nextInt(4)));
    boolean fails = random.nextInt(3) == 0;
    return FakeExpression.of(
        "{" + target + "}",
        visible ->
            fails && !visible.has("ok")
                ? new Evaluation.Failure("not ok", List.of())
                : EngineFixture.json("{\"" + target + "\":" + visible.random(5) + "}"));
  }

  private static Expression chance() {
    return FakeExpression.of("chance", visible -> visible.random(3) == 0);
  }

  private Expression orFailing(Object value) {
    return FakeExpression.of("ok", visible -> visible.has("ok") ? value : null);
  }

  private TimerDefinition timer() {
    return switch (random.nextInt(4)) {
      case 0 -> ModelBuilder.on("2020-01-01T00:00:00Z");
      case 1 -> ModelBuilder.after("PT0S");
      case 2 -> ModelBuilder.after(orFailing("PT30S"));
      default -> ModelBuilder.after("PT" + random.nextInt(120) + "S");
    };
  }

  private TimerDefinition cycle() {
    return ModelBuilder.every("R" + random.nextInt(4) + "/PT" + random.nextInt(60) + "S");
  }
}
