package io.skep.adapter.http;

import io.skep.domain.json.Json;
import java.util.Iterator;
import java.util.Map;

/// Writes maps, lists, strings, numbers and booleans as JSON.
final class JsonText {
  private JsonText() {}

  /// @throws IllegalArgumentException if a value is of another kind
  static String of(Object value) {
    var text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Object value) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> appendMap(text, map);
      case Iterable<?> items -> appendItems(text, items);
      case Number number -> text.append(number);
      case Boolean bool -> text.append(bool);
      case String string -> Json.appendQuoted(text, string);
      default ->
          throw new IllegalArgumentException(
              "Expected a JSON value, but it is %s".formatted(value));
    }
  }

  private static void appendMap(StringBuilder text, Map<?, ?> map) {
    text.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      Json.appendQuoted(text, entry.getKey().toString());
      text.append(':');
      append(text, entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private static void appendItems(StringBuilder text, Iterable<?> items) {
    text.append('[');
    for (Iterator<?> all = items.iterator(); all.hasNext(); ) {
      append(text, all.next());
      if (all.hasNext()) text.append(',');
    }
    text.append(']');
  }
}
