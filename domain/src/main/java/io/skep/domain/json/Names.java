package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashSet;

/// The names of an object's members. Mostly there are only a few, and the same as of the object
/// before: those that have come lately are kept, so that objects share them. A process instance
/// that waits keeps the names of its variables in memory.
final class Names {
  private static final int FEW = 16;

  /// More names than most users have, and so long that hardly any is longer: 100 KB at most.
  private static final int RECENT = 512;

  private static final int LONGEST = 40;

  /// By hash, the latest of those that have the same. Read and written by any thread, as strings
  /// may be: whoever does not see what another has put there puts there the same once more.
  private static final String[] NAMES = new String[RECENT];

  private static final Recent[] LISTS = new Recent[RECENT];

  /// An array by itself might be seen before what is in it.
  private record Recent(String[] names) {}

  private Names() {}

  /// The name that this text is, in UTF-8 and without escapes.
  static String of(byte[] text, int from, int to) {
    int length = to - from;
    if (length > LONGEST) return new String(text, from, length, UTF_8);
    int hash = length;
    for (int i = from; i < to; i++) hash = 31 * hash + text[i];
    int place = placeOf(hash);
    String recent = NAMES[place];
    if (recent != null && isAscii(recent, text, from, length)) return recent;
    var name = new String(text, from, length, UTF_8);
    NAMES[place] = name;
    return name;
  }

  private static int placeOf(int hash) {
    return (hash ^ hash >>> 15) & RECENT - 1;
  }

  /// Whether the text is this name and ASCII.
  private static boolean isAscii(String name, byte[] text, int from, int length) {
    if (name.length() != length) return false;
    for (int i = 0; i < length; i++) if (name.charAt(i) != text[from + i]) return false;
    return true;
  }

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
    int place = placeOf(hash);
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
