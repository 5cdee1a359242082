package io.skep.domain.json;

import java.util.Arrays;
import java.util.HashSet;

/// Looks for names among the names of an object, which mostly has only a few.
final class Names {
  private static final int FEW = 16;

  private Names() {}

  /// The last place of a name: of a name that comes twice the last value counts.
  static int indexOf(String[] names, int size, String name) {
    for (int i = size - 1; i >= 0; i--) if (names[i].equals(name)) return i;
    return -1;
  }

  static boolean areDistinct(String[] names, int size) {
    if (size > FEW) return new HashSet<>(Arrays.asList(names).subList(0, size)).size() == size;
    for (int i = 1; i < size; i++) if (indexOf(names, i, names[i]) >= 0) return false;
    return true;
  }
}
