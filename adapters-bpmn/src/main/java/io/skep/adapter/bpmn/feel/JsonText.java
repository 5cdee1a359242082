package io.skep.adapter.bpmn.feel;

/// A value of a JSON object that nobody has looked into yet. Goes into results as it is.
record JsonText(byte[] json) {

  /// Warnings quote contexts with their values.
  @Override
  public String toString() {
    return JsonValues.read(json).toString();
  }
}
