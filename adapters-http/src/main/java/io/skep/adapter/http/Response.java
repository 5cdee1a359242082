package io.skep.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a request is answered with.
///
/// @param status the HTTP status, such as 200
record Response(int status, String contentType, byte[] body, Map<String, String> headers) {

  static Response text(String contentType, String body) {
    return new Response(200, contentType, body.getBytes(UTF_8), Map.of());
  }

  /// @param value as [JsonText] takes it
  static Response json(int status, Object value) {
    return new Response(status, "application/json", JsonText.of(value).getBytes(UTF_8), Map.of());
  }

  /// @param message what was expected and what came
  static Response error(int status, String error, String path, String message) {
    var body = new LinkedHashMap<String, Object>();
    body.put("status", status);
    body.put("error", error);
    body.put("path", path);
    body.put("message", message);
    return json(status, body);
  }

  Response with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, body, more);
  }
}
