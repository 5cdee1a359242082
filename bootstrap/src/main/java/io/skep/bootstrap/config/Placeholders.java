package io.skep.bootstrap.config;

import java.util.Map;

/// Puts environment variables into values: `${NAME}` or `${NAME:what holds if it is not set}`.
final class Placeholders {
  private static final int MAX_DEPTH = 16;

  private final Map<String, String> variables;

  Placeholders(Map<String, String> variables) {
    this.variables = variables;
  }

  /// @throws IllegalArgumentException if a variable is missing or a brace is; the message says
  ///   which
  String fill(String value) {
    return fill(value, 0);
  }

  private String fill(String value, int depth) {
    if (depth > MAX_DEPTH) throw new IllegalArgumentException("the placeholders never end");
    int start = value.indexOf("${");
    if (start < 0) return value;
    int end = end(value, start + 2);
    String inside = value.substring(start + 2, end);
    return value.substring(0, start)
        + content(inside, depth)
        + fill(value.substring(end + 1), depth);
  }

  private String content(String inside, int depth) {
    int colon = inside.indexOf(':');
    String name = (colon < 0 ? inside : inside.substring(0, colon)).strip();
    String found = variables.get(name);
    if (found != null) return fill(found, depth + 1);
    if (colon >= 0) return fill(inside.substring(colon + 1), depth + 1);
    throw new IllegalArgumentException(
        "the environment variable %s is not set, and ${%s} gives no default after a colon"
            .formatted(name, name));
  }

  /// The brace that closes the one before `from`.
  private static int end(String value, int from) {
    int open = 1;
    for (int i = from; i < value.length(); i++) {
      if (value.startsWith("${", i)) open++;
      else if (value.charAt(i) == '}' && --open == 0) return i;
    }
    throw new IllegalArgumentException("a placeholder has no closing brace");
  }
}
