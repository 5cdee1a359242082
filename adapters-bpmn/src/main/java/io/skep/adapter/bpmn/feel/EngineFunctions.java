package io.skep.adapter.bpmn.feel;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.camunda.feel.context.Context;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValDayTimeDuration;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValNull$;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.syntaxtree.ValYearMonthDuration;
import scala.Tuple2;
import scala.collection.immutable.$colon$colon;
import scala.collection.immutable.List;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.TreeSeqMap;
import scala.math.BigDecimal$;

/// Functions that FEEL itself does not have, and those of it that depend on the machine: on its
/// language, or on how its processor rounds.
final class EngineFunctions {
  /// Puts the entries of the second context into the first. No text can name it: it is for mappings
  /// only.
  static final String MERGE = "#merge";

  private static final Map<String, List<ValFunction>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put(
        "cycle",
        new $colon$colon<>(
            function(args -> cycle(ValNull$.MODULE$, args.head()), "interval"),
            only(function(args -> cycle(args.head(), args.apply(1)), "repetitions", "interval"))));
    BY_NAME.put("upper case", only(onText(text -> text.toUpperCase(Locale.ROOT))));
    BY_NAME.put("lower case", only(onText(text -> text.toLowerCase(Locale.ROOT))));
    BY_NAME.put("exp", only(onNumber(StrictMath::exp)));
    BY_NAME.put("log", only(onNumber(StrictMath::log)));
    BY_NAME.put(
        MERGE, only(function(args -> merge(args.head(), args.apply(1)), "into", "entries")));
  }

  private EngineFunctions() {}

  static List<ValFunction> named(String name) {
    return BY_NAME.getOrDefault(name, none());
  }

  static ValFunction function(Function<List<Val>, Val> body, String... parameters) {
    List<String> names = none();
    for (int i = parameters.length - 1; i >= 0; i--)
      names = new $colon$colon<>(parameters[i], names);
    return new ValFunction(names, body::apply, false);
  }

  static <T> List<T> only(T item) {
    return new $colon$colon<>(item, none());
  }

  @SuppressWarnings("unchecked")
  static <T> List<T> none() {
    return (List<T>) (Object) Nil$.MODULE$;
  }

  private static ValFunction onText(UnaryOperator<String> body) {
    return function(
        args ->
            args.head() instanceof ValString text
                ? new ValString(body.apply(text.value()))
                : illegal(args.head()),
        "string");
  }

  private static ValFunction onNumber(DoubleUnaryOperator body) {
    return function(
        args ->
            args.head() instanceof ValNumber number
                ? new ValNumber(
                    BigDecimal$.MODULE$.decimal(body.applyAsDouble(number.value().toDouble())))
                : illegal(args.head()),
        "number");
  }

  private static Val illegal(Val argument) {
    return new ValError("Illegal arguments: '%s'".formatted(argument));
  }

  /// A repeating interval of ISO 8601: what a timer cycle takes.
  private static Val cycle(Val repetitions, Val interval) {
    if (!(interval instanceof ValDayTimeDuration || interval instanceof ValYearMonthDuration)) {
      return new ValError("Expected a duration as interval, but got '%s'".formatted(interval));
    }
    return switch (repetitions) {
      case ValNumber times -> new ValString("R%d/%s".formatted(times.value().toLong(), interval));
      case ValNull$ _ -> new ValString("R/" + interval);
      default ->
          new ValError(
              "Expected a number of repetitions or null, but got '%s'".formatted(repetitions));
    };
  }

  private static Val merge(Val into, Val entries) {
    if (into instanceof ValNull$) return entries;
    // Nothing can be put into what is no context; models rely on the null that comes of it.
    if (!(into instanceof ValContext target) || !(entries instanceof ValContext source)) {
      return ValNull$.MODULE$;
    }
    var merged = new LinkedHashMap<String, Object>();
    ContextEntries.forEach(target.context(), merged::put);
    ContextEntries.forEach(source.context(), merged::put);
    var variables = TreeSeqMap.<String, Object>newBuilder();
    merged.forEach((name, value) -> variables.addOne(new Tuple2<>(name, value)));
    return new ValContext(new Context.StaticContext(variables.result(), Map$.MODULE$.empty()));
  }
}
