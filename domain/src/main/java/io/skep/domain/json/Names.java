package io.skep.domain.json;

import java.util.Arrays;
import java.util.HashSet;

/// The names of an object's members. Mostly there are only a few, and the same as of an object
/// before: lists that have come lately are kept, so that objects share them. A process instance
/// that waits keeps the names of its variables in memory.
final class Names {
  private static final int FEW = 16;

  /// How many lists are kept, of at most [#FEW] names of at most [#LONGEST] characters: 1 MB at
  /// most, and that only if names are made up.
  private static final int RECENT = 512;

  private static final int LONGEST = 40;

  /// By hash, the latest of those that have the same. Read and written by any thread: whoever does
  /// not see what another has put there puts there the same once more.
  private static final Recent[] LISTS = new Recent[RECENT];

  /// An array by itself might be seen before what is in it.
  private record Recent(String[] names) {}

  private Names() {}

  /// A list of names, not to be written to.
  ///
  /// @param names the first of them are those of the list
  static String[] list(String[] names, int size) {
    if (size > FEW) return Arrays.copyOf(names, size);
    int hash = size;
    for (int i = 0; i < size; i++) {
      if (names[i].length() > LONGEST) return Arrays.copyOf(names, size);
      hash = 31 * hash + names[i].hashCode();
    }
    int place = (hash ^ hash >>> 15) & RECENT - 1;
    Recent recent = LISTS[place];
    if (recent != null && Arrays.equals(recent.names, 0, recent.names.length, names, 0, size))
      return recent.names;
    String[] list = Arrays.copyOf(names, size);
    LISTS[place] = new Recent(list);
    return list;
  }

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
