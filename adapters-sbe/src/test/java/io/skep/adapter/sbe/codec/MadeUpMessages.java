package io.skep.adapter.sbe.codec;

import io.skep.domain.engine.Answer;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.deployment.DeploymentCommand.EndDistribution;
import io.skep.domain.engine.deployment.DeploymentCommand.NoteDelivery;
import io.skep.domain.engine.element.ElementCommand.ActivateElement;
import io.skep.domain.engine.element.ElementCommand.CompleteElement;
import io.skep.domain.engine.element.ElementCommand.EnterEvent;
import io.skep.domain.engine.element.ElementCommand.ResumeElement;
import io.skep.domain.engine.element.ElementCommand.TerminateElement;
import io.skep.domain.engine.job.JobCommand.ReleaseJob;
import io.skep.domain.engine.message.MessageCommand.ExpireMessage;
import io.skep.domain.engine.message.MessageCommand.StartNext;
import io.skep.domain.engine.outbox.OutboxCommand.ReceiveMessages;
import io.skep.domain.engine.outbox.OutboxCommand.RefuseMessage;
import io.skep.domain.engine.outbox.OutboxCommand.TakeMessage;
import io.skep.domain.engine.signal.SignalCommand.ReachListeners;
import io.skep.domain.engine.timer.TimerCommand.PostponeDue;
import io.skep.domain.engine.timer.TimerCommand.TriggerTimer;
import io.skep.domain.json.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Makes up commands and answers of every kind. Finds the kinds by itself, so that a new one is
/// tested as soon as it exists.
public final class MadeUpMessages {
  private static final Set<Class<?>> STAY_IN_THEIR_TURN =
      Set.of(
          ActivateElement.class,
          EnterEvent.class,
          CompleteElement.class,
          TerminateElement.class,
          ResumeElement.class,
          ReleaseJob.class,
          TriggerTimer.class,
          PostponeDue.class,
          TakeMessage.class,
          RefuseMessage.class,
          NoteDelivery.class,
          ExpireMessage.class,
          StartNext.class,
          ReachListeners.class,
          EndDistribution.class);

  private final MadeUpValues values;

  public MadeUpMessages(MadeUpValues values) {
    this.values = values;
  }

  /// All kinds of commands that may leave their turn.
  public static List<Class<?>> commandKinds() {
    return kinds(Command.class).stream()
        .filter(kind -> !STAY_IN_THEIR_TURN.contains(kind))
        .toList();
  }

  public static List<Class<?>> answerKinds() {
    return kinds(Answer.class);
  }

  private static List<Class<?>> kinds(Class<?> type) {
    if (type.isRecord()) return List.of(type);
    return Arrays.stream(type.getPermittedSubclasses())
        .<Class<?>>mapMulti((each, to) -> kinds(each).forEach(to))
        .toList();
  }

  public Command command(Class<?> kind) {
    return (Command) value(kind);
  }

  public Command command() {
    return command(values.oneOf(commandKinds()));
  }

  public Answer answer(Class<?> kind) {
    return (Answer) value(kind);
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType list) return list(list.getActualTypeArguments()[0]);
    if (type == long.class || type == Long.class) return values.number();
    if (type == int.class) return (int) values.number();
    if (type == boolean.class) return values.flag();
    if (type == String.class) return values.text();
    if (type == byte[].class) return values.bytes();
    if (type == JsonObject.class) return values.json();
    if (type == Command.class) return nestedCommand();
    var kind = (Class<?>) type;
    if (kind.isEnum()) return values.oneOf(List.of(kind.getEnumConstants()));
    if (kind.isRecord()) return record(kind);
    throw new AssertionError("Expected a type that can be made up, but it is " + type);
  }

  private Command nestedCommand() {
    return command(
        values.oneOf(
            commandKinds().stream().filter(kind -> kind != ReceiveMessages.class).toList()));
  }

  /// The kinds of commands that never leave their turn.
  public static Set<Class<?>> stepKinds() {
    return STAY_IN_THEIR_TURN;
  }

  private List<Object> list(Type of) {
    var list = new ArrayList<>();
    int size = values.listSize();
    for (int i = 0; i < size; i++) list.add(value(of));
    return list;
  }

  private Object record(Class<?> kind) {
    // The one component that may be null.
    if (kind.getSimpleName().equals("ResultRequest") && !values.flag()) return null;
    RecordComponent[] components = kind.getRecordComponents();
    var types = new Class<?>[components.length];
    var arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      arguments[i] = value(components[i].getGenericType());
    }
    try {
      return kind.getConstructor(types).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /// The same text for the same content; unlike records' own it looks into arrays.
  public static String describe(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] bytes -> Arrays.toString(bytes);
      case List<?> list -> list.stream().map(MadeUpMessages::describe).toList().toString();
      case Record record -> {
        var text = new StringBuilder(record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          try {
            text.append(' ').append(describe(component.getAccessor().invoke(record)));
          } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
          }
        }
        yield text.append(';').toString();
      }
      default -> value.getClass().getSimpleName() + ":" + value;
    };
  }
}
