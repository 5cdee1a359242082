package io.skep.adapter.bpmn.feel;

import fastparse.Parsed;
import fastparse.ParsingRun;
import fastparse.package$;
import org.camunda.feel.impl.parser.ExpressionValidator;
import org.camunda.feel.impl.parser.FeelParser;
import org.camunda.feel.syntaxtree.Exp;
import scala.Function1;

/// Turns FEEL text into a syntax tree, within bounds.
///
/// The grammar of the FEEL library goes back at every bracket where a rule does not match, so that
/// a mistake inside of some twenty brackets takes minutes, on the partition's thread of every
/// replica. A time-out would end that at another moment on each replica; counting how often the
/// text is looked at does not. The library takes text only, but hands out its grammar with every
/// failure, and the grammar takes any input.
final class FeelGrammar {
  /// Enough for 64 KB of ordinary text, and reached within a fraction of a second.
  private static final int LOOKS = 4_000_000;

  /// Measured in the interpreter, whose frames are largest: reading takes up to 12 KB of stack for
  /// each bracket within another, evaluation up to 4 KB for each operator. Threads have a megabyte.
  private static final int MAX_BRACKETS = 50;

  private static final int MAX_DEPTH = 150;

  private static final Function1<ParsingRun<Object>, ParsingRun<Exp>> GRAMMAR = grammar();
  private static final ExpressionValidator VALIDATOR = new ExpressionValidator(false);

  private FeelGrammar() {}

  @SuppressWarnings("unchecked")
  private static Function1<ParsingRun<Object>, ParsingRun<Exp>> grammar() {
    var failure = (Parsed.Failure) (Object) FeelParser.parseExpression("");
    return (Function1<ParsingRun<Object>, ParsingRun<Exp>>)
        (Object) failure.extra().originalParser();
  }

  /// @throws FeelSyntaxException if it is no expression, calls Java code, or is too large
  static Exp parse(String text) throws FeelSyntaxException {
    if (Brackets.depth(text) > MAX_BRACKETS) {
      throw failure(text, "expected at most %d brackets within each other".formatted(MAX_BRACKETS));
    }
    Exp expression;
    try {
      expression = parseWithin(new CountedInput(text, LOOKS), text);
    } catch (CountedInput.ExhaustedException e) {
      throw failure(text, "it has too many brackets within brackets, or a mistake within some");
    } catch (StackOverflowError e) {
      throw tooDeep(text);
    }
    if (SyntaxDepth.exceeds(expression, MAX_DEPTH)) throw tooDeep(text);
    var problem = VALIDATOR.validateExpression(expression);
    if (problem.isDefined()) throw failure(text, problem.get().message());
    return expression;
  }

  private static Exp parseWithin(CountedInput input, String text) throws FeelSyntaxException {
    Object parsed = package$.MODULE$.parse(input, GRAMMAR, false, 0, null);
    return switch (parsed) {
      case Parsed.Success<?> success -> (Exp) success.value();
      case Parsed.Failure failure -> throw failure(text, failure.trace(false).aggregateMsg());
      default -> throw new IllegalStateException("Expected a parser's result, but got " + parsed);
    };
  }

  private static FeelSyntaxException tooDeep(String text) {
    return failure(text, "expected at most %d operators within each other".formatted(MAX_DEPTH));
  }

  private static FeelSyntaxException failure(String text, String reason) {
    return new FeelSyntaxException("failed to parse expression '%s': %s".formatted(text, reason));
  }
}
