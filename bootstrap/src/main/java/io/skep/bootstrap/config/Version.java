package io.skep.bootstrap.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Which program this is.
public final class Version {
  /// The version of Zeebe whose Gateway API is spoken: what clients are told, because they compare.
  public static final String PROTOCOL = "8.6.0";

  private Version() {}

  /// Such as `0.1.0`.
  public static String text() {
    try (var resource = Version.class.getResourceAsStream("/io/skep/version")) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
