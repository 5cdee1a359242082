package io.skep.bootstrap.config;

import java.util.Locale;

/// Relaxed names: the same key in the spellings that files and environments have.
final class Paths {
  private Paths() {}

  /// Of a name in a file, on the command line or in a system property: case, `-` and `_` do not
  /// matter, and `[0]` is the same as `.0`.
  static String ofName(String name) {
    var path = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '[') path.append('.');
      else if (c != '-' && c != '_' && c != ']') path.append(c);
    }
    return path.toString().toLowerCase(Locale.ROOT);
  }

  /// Of an environment variable: `_` separates and means nothing else.
  static String ofVariable(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
