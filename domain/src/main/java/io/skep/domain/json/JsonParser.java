package io.skep.domain.json;

/// Reads JSON text in one pass.
final class JsonParser {
  private JsonParser() {}

  static JsonObject parseObject(byte[] text) {
    throw new UnsupportedOperationException("under construction");
  }

  static JsonObject splitCanonical(byte[] text) {
    throw new UnsupportedOperationException("under construction");
  }
}
