package io.skep.bootstrap.config;

import java.util.Locale;
import java.util.regex.Pattern;

/// Numbers of bytes as people write them. A KB has 1024.
final class Sizes {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\s*(B|KB|MB|GB|TB)?");

  private Sizes() {}

  /// @throws IllegalArgumentException if it is no size
  static long parse(String text) {
    var match = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!match.matches()) throw new IllegalArgumentException();
    try {
      return Math.multiplyExact(Long.parseLong(match.group(1)), unit(match.group(2)));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static long unit(String name) {
    return switch (name) {
      case "KB" -> 1L << 10;
      case "MB" -> 1L << 20;
      case "GB" -> 1L << 30;
      case "TB" -> 1L << 40;
      case null, default -> 1;
    };
  }

  /// In the largest unit that leaves no rest.
  static String show(long bytes) {
    for (String unit : new String[] {"TB", "GB", "MB", "KB"}) {
      if (bytes != 0 && bytes % unit(unit) == 0) return bytes / unit(unit) + unit;
    }
    return bytes + "B";
  }
}
