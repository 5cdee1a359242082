package io.skep.domain.json;

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
  /// twice the last value counts.
  ///
  /// @throws JsonSyntaxException if it is malformed, no object, or has an integer of 2^64 and above
  public static JsonObject parse(byte[] text) {
    return JsonParser.parseObject(text);
  }

  /// Splits text that is known to be canonical, such as [#text] gave. Keeps the array.
  ///
  /// @throws JsonSyntaxException if the text is not even an object
  public static JsonObject ofCanonical(byte[] text) {
    return JsonParser.splitCanonical(text);
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

  /// The text of the value, a new array.
  public byte[] value(int i) {
    return java.util.Arrays.copyOfRange(text, ranges[2 * i], ranges[2 * i + 1]);
  }

  /// The whole object as canonical text. Not to be written to.
  public byte[] text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject that && java.util.Arrays.equals(text, that.text);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(text);
  }

  @Override
  public String toString() {
    return new String(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
