package io.skep.domain.expression;

/// The types of FEEL values, as incidents name them.
public enum ValueType {
  NULL,
  BOOLEAN,
  NUMBER,
  STRING,
  DATE,
  TIME,
  DATE_TIME,
  DURATION,
  PERIOD,
  ARRAY,
  OBJECT,
  /// Functions, ranges and the like, which have no JSON form.
  OTHER
}
