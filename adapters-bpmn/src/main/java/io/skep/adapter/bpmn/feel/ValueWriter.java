package io.skep.adapter.bpmn.feel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.expression.ValueType;
import io.skep.domain.json.Json;
import java.io.ByteArrayOutputStream;
import org.camunda.feel.context.Context;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValBoolean;
import org.camunda.feel.syntaxtree.ValContext;
import org.camunda.feel.syntaxtree.ValDate;
import org.camunda.feel.syntaxtree.ValDateTime;
import org.camunda.feel.syntaxtree.ValDayTimeDuration;
import org.camunda.feel.syntaxtree.ValList;
import org.camunda.feel.syntaxtree.ValLocalDateTime;
import org.camunda.feel.syntaxtree.ValLocalTime;
import org.camunda.feel.syntaxtree.ValNull$;
import org.camunda.feel.syntaxtree.ValNumber;
import org.camunda.feel.syntaxtree.ValString;
import org.camunda.feel.syntaxtree.ValTime;
import org.camunda.feel.syntaxtree.ValYearMonthDuration;

/// Writes FEEL values as canonical JSON.
final class ValueWriter {
  private static final byte[] NULL = Json.nullValue();

  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private final JsonValues values;

  private ValueWriter(JsonValues values) {
    this.values = values;
  }

  static byte[] write(Val value, JsonValues values) {
    var writer = new ValueWriter(values);
    writer.value(value);
    return writer.json.toByteArray();
  }

  static ValueType type(Val value) {
    return switch (value) {
      case ValNull$ _ -> ValueType.NULL;
      case ValBoolean _ -> ValueType.BOOLEAN;
      case ValNumber _ -> ValueType.NUMBER;
      case ValString _ -> ValueType.STRING;
      case ValDate _ -> ValueType.DATE;
      case ValTime _, ValLocalTime _ -> ValueType.TIME;
      case ValDateTime _, ValLocalDateTime _ -> ValueType.DATE_TIME;
      case ValDayTimeDuration _ -> ValueType.DURATION;
      case ValYearMonthDuration _ -> ValueType.PERIOD;
      case ValList _ -> ValueType.ARRAY;
      case ValContext _ -> ValueType.OBJECT;
      default -> ValueType.OTHER;
    };
  }

  private void value(Val value) {
    switch (value) {
      case ValString string -> json.writeBytes(Json.quote(string.value()));
      case ValNumber number -> text(number(number.value().bigDecimal()));
      case ValBoolean bool -> text(bool.value() ? "true" : "false");
      case ValList list -> list(list);
      case ValContext context -> context(context.context());
      case ValDate date -> quoted(date.value().toString());
      case ValLocalTime time -> quoted(time.value().toString());
      case ValTime time -> quoted(time.value().format());
      case ValLocalDateTime dateTime -> quoted(dateTime.value().toString());
      case ValDateTime dateTime -> quoted(dateTime.value().toString());
      case ValDayTimeDuration duration -> quoted(duration.value().toString());
      case ValYearMonthDuration period -> quoted(period.value().toString());
      default -> json.writeBytes(NULL);
    }
  }

  /// Whole numbers as 64-bit integers, of which those out of range keep the lower bits as in Zeebe;
  /// other numbers as 64-bit floats.
  private static String number(java.math.BigDecimal number) {
    boolean whole = number.scale() <= 0 || number.stripTrailingZeros().scale() <= 0;
    return whole ? Long.toString(number.longValue()) : Double.toString(number.doubleValue());
  }

  private void list(ValList list) {
    char separator = '[';
    var items = list.itemsAsSeq().iterator();
    if (!items.hasNext()) json.write('[');
    while (items.hasNext()) {
      json.write(separator);
      value(items.next());
      separator = ',';
    }
    json.write(']');
  }

  private void context(Context context) {
    if (context instanceof JsonMembers members) {
      json.writeBytes(members.json());
      return;
    }
    json.write('{');
    int start = json.size();
    ContextEntries.forEach(
        context,
        (name, value) -> {
          if (json.size() > start) json.write(',');
          entry(name, value);
        });
    json.write('}');
  }

  private void entry(String name, Object value) {
    json.writeBytes(Json.quote(name));
    json.write(':');
    if (value instanceof JsonText untouched) json.writeBytes(untouched.json());
    else value(values.toVal(value));
  }

  private void text(String ascii) {
    json.writeBytes(ascii.getBytes(UTF_8));
  }

  private void quoted(String text) {
    json.writeBytes(Json.quote(text));
  }
}
