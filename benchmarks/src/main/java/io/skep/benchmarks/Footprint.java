package io.skep.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.benchmarks.Models.Awaited;
import io.skep.domain.cluster.Routing;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.Resource;
import io.skep.domain.engine.instance.InstanceCommand.CreateProcessInstance;
import io.skep.domain.engine.message.Address;
import io.skep.domain.engine.message.MessageCommand.OpenSubscription;
import io.skep.domain.engine.message.MessageCommand.PublishMessage;
import io.skep.domain.engine.message.Waiting;
import io.skep.domain.engine.outbox.OutboxCommand.AcknowledgeMessages;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.json.JsonObject;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/// How much of the heap things take that wait, once all that can leave memory has left it.
///
///     benchmarks/run footprint [HOW MANY]
enum Footprint {
  INSTANCE_AT_A_JOB(Models.task(), number -> create(Models.TASK, number)),
  INSTANCE_AT_A_TIMER(Models.waiting(Awaited.TIMER), number -> create(Models.WAITING, number)),
  INSTANCE_AT_A_SIGNAL(Models.waiting(Awaited.SIGNAL), number -> create(Models.WAITING, number)),

  /// With what the partition of the correlation key knows of it, which is the same one.
  INSTANCE_AT_A_MESSAGE(Models.waiting(Awaited.MESSAGE), number -> create(Models.WAITING, number)),

  /// What the partition of the correlation key knows of an instance of another one.
  MESSAGE_SUBSCRIPTION(null, Footprint::open) {
    @Override
    void process(Partition partition, int number) {
      super.process(partition, number);
      partition.process(new AcknowledgeMessages(2, number));
    }
  },

  MESSAGE(null, number -> publish(number, "")),
  MESSAGE_WITH_AN_ID(null, number -> publish(number, "id-" + number));

  private static final long HOUR_MS = 3_600_000;
  private static final int BETWEEN_CHECKPOINTS = 10_000;
  private static final int SHOWN_CLASSES = 8;

  private final Resource model;
  private final IntFunction<Command> commands;

  /// @param model what has to be deployed, `null` if nothing
  /// @param commands bring about the first that waits, the second and so on
  Footprint(Resource model, IntFunction<Command> commands) {
    this.model = model;
    this.commands = commands;
  }

  void process(Partition partition, int number) {
    partition.process(commands.apply(number));
  }

  /// A partition in which so many wait.
  private Partition fill(int count) {
    var partition = model == null ? new Partition(2) : Partition.with(model);
    for (int number = 1; number <= count; number++) {
      partition.tick();
      process(partition, number);
      if (number % BETWEEN_CHECKPOINTS == 0) partition.letGo();
    }
    partition.letGo();
    return partition;
  }

  /// What is on the heap because so many wait.
  LiveHeap measure(int count) {
    // Whatever is loaded or kept once is not what is asked for.
    fill(1);
    LiveHeap before = LiveHeap.now();
    Partition partition = fill(count);
    LiveHeap after = LiveHeap.now();
    Reference.reachabilityFence(partition);
    return after.since(before);
  }

  private static CreateProcessInstance create(String processId, int number) {
    return new CreateProcessInstance(processId, -1, -1, variables(number), null, Partition.TENANT);
  }

  // Texts that came over the wire are not shared, therefore copies.

  private static ReceiveMessages open(int number) {
    var waiting =
        new Waiting(
            Routing.key(2, 4L * number + 2),
            Routing.key(2, 4L * number),
            Routing.key(2, 4L * number + 1),
            new String(Models.WAITING),
            new Address(new String(Partition.TENANT), new String(Models.MESSAGE), order(number)),
            true);
    return new ReceiveMessages(2, number, List.of(new OpenSubscription(waiting)));
  }

  private static PublishMessage publish(int number, String messageId) {
    return new PublishMessage(
        new String(Models.MESSAGE),
        order(number),
        HOUR_MS,
        messageId,
        variables(number),
        new String(Partition.TENANT));
  }

  /// 100 bytes.
  private static JsonObject variables(int number) {
    String rest = ",\"customer\":\"Ada Lovelace\",\"amount\":120,\"note\":\"";
    String text = "{\"order\":\"" + order(number) + "\"" + rest;
    return JsonObject.parse((text + "x".repeat(98 - text.length()) + "\"}").getBytes(UTF_8));
  }

  private static String order(int number) {
    return "2026-%08d".formatted(number);
  }

  public static void main(String[] arguments) {
    int count = arguments.length == 0 ? 200_000 : Integer.parseInt(arguments[0]);
    for (Footprint footprint : values()) {
      LiveHeap heap = footprint.measure(count);
      System.out.printf(
          Locale.ROOT, "%s: %d bytes, by %d of them%n", footprint, heap.bytes() / count, count);
      heap.largest(SHOWN_CLASSES).forEach(line -> System.out.println("    " + line));
    }
  }
}
