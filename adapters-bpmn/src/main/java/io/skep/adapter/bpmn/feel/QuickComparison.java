package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.skep.domain.expression.EvaluationContext;
import java.util.Arrays;

/// Compares a variable or a value within one to a constant: `order.total > 100`, `state = "paid"`,
/// `vip = true`.
final class QuickComparison extends QuickFeel {
  private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
  private static final byte[] FALSE = "false".getBytes(ISO_8859_1);

  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean isEquality() {
      return this == EQUAL || this == NOT_EQUAL;
    }

    boolean holds(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case NOT_EQUAL -> order != 0;
        case LESS -> order < 0;
        case LESS_OR_EQUAL -> order <= 0;
        case GREATER -> order > 0;
        case GREATER_OR_EQUAL -> order >= 0;
      };
    }
  }

  private final QuickPath path;
  private final Operator operator;
  private final byte[] constant;
  private final boolean isNumber;
  private final long number;

  /// @param constant as canonical JSON: a boolean, a string or an integer of up to 18 digits
  QuickComparison(String text, QuickPath path, Operator operator, byte[] constant) {
    super(text);
    this.path = path;
    this.operator = operator;
    this.constant = constant;
    this.isNumber = isNumber(constant);
    this.number = isNumber ? toLong(constant) : 0;
  }

  @Override
  String variable() {
    return path.variable();
  }

  @Override
  byte[] quick(EvaluationContext context) {
    byte[] value = path.quick(context);
    if (value == null) return null;
    if (isNumber) {
      if (!isNumber(value)) return null;
      return toJson(operator.holds(Long.compare(toLong(value), number)));
    }
    boolean sameKind = isBoolean(constant) ? isBoolean(value) : value[0] == '"';
    if (!sameKind || !operator.isEquality()) return null;
    return toJson(Arrays.equals(value, constant) == (operator == Operator.EQUAL));
  }

  private static byte[] toJson(boolean value) {
    return value ? TRUE : FALSE;
  }

  private static boolean isBoolean(byte[] json) {
    return json[0] == 't' || json[0] == 'f';
  }

  private static boolean isNumber(byte[] json) {
    return json[0] == '-' || json[0] >= '0' && json[0] <= '9';
  }

  private static long toLong(byte[] integer) {
    int i = integer[0] == '-' ? 1 : 0;
    long value = 0;
    for (; i < integer.length; i++) value = 10 * value + integer[i] - '0';
    return integer[0] == '-' ? -value : value;
  }
}
