package io.skep.adapter.export;

import io.skep.domain.json.Json;

/// Writes flat JSON objects, one a line.
final class JsonLine {
  private final StringBuilder text = new StringBuilder();
  private boolean first;

  JsonLine begin() {
    text.append('{');
    first = true;
    return this;
  }

  JsonLine beginObject(String name) {
    name(name);
    return begin();
  }

  JsonLine endObject() {
    text.append('}');
    first = false;
    return this;
  }

  void end() {
    text.append("}\n");
  }

  JsonLine number(String name, long value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonLine flag(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  JsonLine text(String name, String value) {
    name(name);
    Json.appendQuoted(text, value);
    return this;
  }

  /// @param json a whole JSON value
  JsonLine json(String name, String json) {
    name(name);
    text.append(json);
    return this;
  }

  private void name(String name) {
    if (!first) text.append(',');
    first = false;
    Json.appendQuoted(text, name);
    text.append(':');
  }

  String drain() {
    String lines = text.toString();
    text.setLength(0);
    return lines;
  }
}
