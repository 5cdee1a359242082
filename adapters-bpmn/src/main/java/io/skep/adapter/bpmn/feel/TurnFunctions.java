package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.EvaluationContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.syntaxtree.ValDate;
import org.camunda.feel.syntaxtree.ValDateTime;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import scala.collection.Iterable;
import scala.math.BigDecimal;

/// Functions that must give the same on every replica: those that in the library ask the clock or
/// dice of the machine, and [EngineFunctions]. FEEL looks here before it looks among the built-in
/// ones.
///
/// The zone is UTC wherever a broker runs; that of the machine may differ from one replica to the
/// next.
final class TurnFunctions implements FunctionProvider {
  private final EvaluationContext context;
  private final List<Long> drawn = new ArrayList<>(0);
  private int used;

  TurnFunctions(EvaluationContext context) {
    this.context = context;
  }

  void restart() {
    used = 0;
  }

  @Override
  public scala.collection.immutable.List<ValFunction> getFunctions(String name) {
    return switch (name) {
      case "now" -> EngineFunctions.only(EngineFunctions.function(_ -> new ValDateTime(now())));
      case "today" ->
          EngineFunctions.only(EngineFunctions.function(_ -> new ValDate(now().toLocalDate())));
      case "random number" ->
          EngineFunctions.only(EngineFunctions.function(_ -> new ValNumber(randomNumber())));
      case "uuid" ->
          EngineFunctions.only(EngineFunctions.function(_ -> new ValString(uuid().toString())));
      default -> EngineFunctions.named(name);
    };
  }

  @Override
  public Iterable<String> functionNames() {
    return EngineFunctions.none();
  }

  private ZonedDateTime now() {
    return Instant.ofEpochMilli(context.nowMs()).atZone(ZoneOffset.UTC);
  }

  /// From 0 to below 1, with the 53 bits that a 64-bit float has room for.
  private BigDecimal randomNumber() {
    return BigDecimal.decimal((draw() >>> 11) * 0x1.0p-53);
  }

  /// Version 7: the turn's time before random bits, as the library's own ones.
  private UUID uuid() {
    long high = context.nowMs() << 16 | 0x7000 | draw() & 0xfff;
    long low = draw() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private long draw() {
    if (used == drawn.size()) drawn.add(context.nextRandom());
    return drawn.get(used++);
  }
}
