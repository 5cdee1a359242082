package io.skep.adapter.bpmn.feel;

import io.skep.domain.expression.EvaluationContext;
import io.skep.domain.json.JsonReader;
import java.util.Arrays;
import java.util.List;

/// A variable, or a value within one: `order`, `order.customer.name`.
final class QuickPath extends QuickFeel {
  /// More digits may not fit into 64 bits.
  private static final int SURELY_LONG = 18;

  private final String variable;
  private final List<String> names;

  /// @param names the variable, and the names of members within it
  QuickPath(String text, List<String> names) {
    super(text);
    this.variable = names.getFirst();
    this.names = List.copyOf(names.subList(1, names.size()));
  }

  @Override
  String variable() {
    return variable;
  }

  @Override
  byte[] quick(EvaluationContext context) {
    byte[] json = context.variable(variable);
    if (json == null) return null;
    int start = 0;
    int end = json.length;
    if (!names.isEmpty()) {
      var reader = new JsonReader(json);
      for (var name : names) if (!reader.enterMember(name)) return null;
      start = reader.position();
      reader.skip();
      end = reader.position();
    }
    if (!isAsFeelWouldWriteIt(json, start, end)) return null;
    return start == 0 && end == json.length ? json : Arrays.copyOfRange(json, start, end);
  }

  /// FEEL copies objects as they are, but makes integers of whole floats outside of them.
  private static boolean isAsFeelWouldWriteIt(byte[] json, int start, int end) {
    return switch (json[start]) {
      case '{', '"', 't', 'f', 'n' -> true;
      default -> hasOnlyShortIntegers(json, start, end);
    };
  }

  private static boolean hasOnlyShortIntegers(byte[] json, int start, int end) {
    int digits = 0;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (b == '.') return false;
      digits = b >= '0' && b <= '9' ? digits + 1 : 0;
      if (digits > SURELY_LONG) return false;
    }
    return true;
  }
}
