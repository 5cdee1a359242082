package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A JSON object, split once into the names and values of its top level. Values stay text and are
/// not looked into.
///
/// Immutable as long as nobody writes to the arrays it hands out. The text is canonical: no white
/// space between tokens, double quotes, numbers in their shortest form, so that equal values have
/// equal bytes more often than not.
public final class JsonObject {
  private static final JsonObject EMPTY =
      new JsonObject(new byte[] {'{', '}'}, new String[0], new int[0]);

  private final byte[] text;
  private final String[] names;

  /// Start and end of each value in the text.
  private final int[] ranges;

  JsonObject(byte[] text, String[] names, int[] ranges) {
    this.text = text;
    this.names = names;
    this.ranges = ranges;
  }

  public static JsonObject empty() {
    return EMPTY;
  }

  /// Checks and splits what a client sent, and brings it into canonical form.
  ///
  /// Lenient where the Zeebe gateway is: an empty or blank text and `null` count as `{}`, single
  /// quotes are taken for double quotes, what follows the object is ignored. Of a name that comes
  /// twice the last value counts. Keeps the array if it is canonical already.
  ///
  /// @throws JsonSyntaxException if it is malformed, no object, nested deeper than 1,000 levels, or
  ///   has an integer below -2^63 or of 2^64 and above
  public static JsonObject parse(byte[] text) {
    return JsonParser.parseObject(text);
  }

  /// Splits text that is known to be canonical, such as [#text] gave. Keeps the array.
  ///
  /// @throws JsonSyntaxException if the text is not even an object
  public static JsonObject ofCanonical(byte[] text) {
    var reader = new JsonReader(text);
    if (reader.peek() != '{') throw JsonSyntaxException.at(text, 0, "an object");
    var names = new String[8];
    var ranges = new int[16];
    int size = 0;
    reader.enter();
    while (reader.next()) {
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        ranges = Arrays.copyOf(ranges, 4 * size);
      }
      names[size] = reader.name();
      ranges[2 * size] = reader.position();
      reader.skip();
      ranges[2 * size++ + 1] = reader.position();
    }
    if (size == 0) return EMPTY;
    return new JsonObject(text, Names.list(names, size), Arrays.copyOf(ranges, 2 * size));
  }

  /// An object of these names, which must be distinct, and canonical values.
  public static JsonObject of(List<String> names, List<byte[]> values) {
    var builder = new Builder();
    for (int i = 0; i < names.size(); i++) builder.append(names.get(i), values.get(i));
    return builder.build();
  }

  public int size() {
    return names.length;
  }

  public boolean isEmpty() {
    return names.length == 0;
  }

  public String name(int i) {
    return names[i];
  }

  /// The place of a name, -1 if there is none.
  public int indexOf(String name) {
    return Names.indexOf(names, names.length, name);
  }

  /// The text of the value, a new array.
  public byte[] value(int i) {
    return Arrays.copyOfRange(text, ranges[2 * i], ranges[2 * i + 1]);
  }

  /// Whether a member has this value.
  public boolean hasValue(int i, byte[] value) {
    return Arrays.equals(text, ranges[2 * i], ranges[2 * i + 1], value, 0, value.length);
  }

  /// Whether a member has the value of another object's member.
  public boolean hasValue(int i, JsonObject other, int member) {
    int from = other.ranges[2 * member];
    int to = other.ranges[2 * member + 1];
    return Arrays.equals(text, ranges[2 * i], ranges[2 * i + 1], other.text, from, to);
  }

  /// The whole object as canonical text. Not to be written to.
  public byte[] text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(text);
  }

  @Override
  public String toString() {
    return new String(text, UTF_8);
  }

  /// Puts an object together from names and canonical values, which it concatenates.
  public static final class Builder {
    private byte[] text = new byte[64];
    private String[] names = new String[8];
    private int[] ranges = new int[16];
    private int length;
    private int size;

    public Builder() {
      text[length++] = '{';
    }

    /// Of a name that comes twice the last value counts, in the place of the first.
    static JsonObject lastWins(JsonObject object) {
      Map<String, Integer> last = HashMap.newHashMap(object.size());
      for (int i = 0; i < object.size(); i++) last.put(object.name(i), i);
      var builder = new Builder();
      for (int i = 0; i < object.size(); i++) {
        Integer value = last.remove(object.name(i));
        if (value != null) builder.append(object.name(i), object, value);
      }
      return builder.build();
    }

    /// Whether there is a member of this name. Takes time in proportion to their number.
    public boolean has(String name) {
      return Names.indexOf(names, size, name) >= 0;
    }

    /// Adds a member. There must be none of this name yet.
    ///
    /// @param value canonical text
    public Builder append(String name, byte[] value) {
      return append(name, value, 0, value.length);
    }

    /// Adds a member with the value of another object's member, without a copy between.
    public Builder append(String name, JsonObject source, int i) {
      return append(name, source.text, source.ranges[2 * i], source.ranges[2 * i + 1]);
    }

    private Builder append(String name, byte[] source, int from, int to) {
      if (size == names.length) {
        names = Arrays.copyOf(names, 2 * size);
        ranges = Arrays.copyOf(ranges, 4 * size);
      }
      if (size > 0) write((byte) ',');
      appendName(name);
      write((byte) ':');
      names[size] = name;
      ranges[2 * size] = length;
      write(source, from, to);
      ranges[2 * size++ + 1] = length;
      return this;
    }

    private void appendName(String name) {
      if (Json.isPlain(name)) {
        write((byte) '"');
        reserve(name.length());
        for (int i = 0; i < name.length(); i++) text[length++] = (byte) name.charAt(i);
        write((byte) '"');
      } else {
        byte[] quoted = Json.quote(name);
        write(quoted, 0, quoted.length);
      }
    }

    public JsonObject build() {
      if (size == 0) return EMPTY;
      write((byte) '}');
      var object =
          new JsonObject(
              Arrays.copyOf(text, length),
              Names.list(names, size),
              Arrays.copyOf(ranges, 2 * size));
      length--;
      return object;
    }

    private void write(byte b) {
      reserve(1);
      text[length++] = b;
    }

    private void write(byte[] source, int from, int to) {
      reserve(to - from);
      System.arraycopy(source, from, text, length, to - from);
      length += to - from;
    }

    private void reserve(int count) {
      if (text.length - length < count)
        text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
    }
  }
}
