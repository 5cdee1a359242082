package io.skep.domain.expression;

import java.util.List;

/// How an evaluation ended.
public sealed interface Evaluation {

  /// Problems that did not stop the evaluation, such as an unknown variable taken for null. Shown
  /// in incidents.
  List<String> warnings();

  /// @param json the value as canonical JSON text; temporal values as strings in ISO 8601,
  ///   functions and ranges as null
  record Value(ValueType type, byte[] json, List<String> warnings) implements Evaluation {

    public boolean isNull() {
      return type == ValueType.NULL;
    }
  }

  /// @param message says what failed, for the person who reads the incident
  record Failure(String message, List<String> warnings) implements Evaluation {}
}
