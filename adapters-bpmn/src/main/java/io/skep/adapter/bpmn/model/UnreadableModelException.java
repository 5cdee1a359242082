package io.skep.adapter.bpmn.model;

/// A file that is no BPMN at all. The message says what is wrong and where.
final class UnreadableModelException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableModelException(String message) {
    super(message);
  }
}
