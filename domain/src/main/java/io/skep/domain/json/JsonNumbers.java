package io.skep.domain.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Reads the numbers of a text and brings them into canonical form: whole numbers as they are, and
/// what has a point or an exponent as the shortest decimal that stands for the same 64-bit float
/// (`2.50` as `2.5`, `1e3` as `1000.0`).
final class JsonNumbers {
  private static final byte[] LARGEST = "18446744073709551615".getBytes(ISO_8859_1);
  private static final byte[] LOWEST = "9223372036854775808".getBytes(ISO_8859_1);

  /// So many digits survive the way through a 64-bit float.
  private static final int EXACT_DIGITS = 15;

  private JsonNumbers() {}

  /// @return the place behind the number that starts here
  static int read(byte[] in, int start, CanonicalText text) {
    int whole = start;
    if (in[whole] == '-') whole++;
    int point = digits(in, whole);
    if (point == whole) throw JsonSyntaxException.at(in, start, "a value");
    if (in[whole] == '0' && point > whole + 1)
      throw JsonSyntaxException.at(in, whole + 1, "no leading zeros");
    int end = point;
    if (end < in.length && in[end] == '.') {
      end = digits(in, point + 1);
      if (end == point + 1) throw JsonSyntaxException.at(in, end, "a digit");
    }
    int fractionEnd = end;
    if (end < in.length && (in[end] | 0x20) == 'e') {
      int exponent = end + 1;
      if (exponent < in.length && (in[exponent] == '+' || in[exponent] == '-')) exponent++;
      end = digits(in, exponent);
      if (end == exponent) throw JsonSyntaxException.at(in, end, "a digit");
    }
    if (end < in.length && (Character.isLetterOrDigit(in[end]) || in[end] == '.')) {
      throw JsonSyntaxException.at(in, end, "the number to end");
    }
    if (end == point) checkInteger(in, start, whole, end, text);
    else if (end > fractionEnd || !isShortest(in, whole, point, end)) shorten(in, start, end, text);
    return end;
  }

  static boolean isFraction(byte[] in, int start, int end) {
    for (int i = start; i < end; i++) if (in[i] == '.' || (in[i] | 0x20) == 'e') return true;
    return false;
  }

  private static int digits(byte[] in, int from) {
    int at = from;
    while (at < in.length && in[at] >= '0' && in[at] <= '9') at++;
    return at;
  }

  private static void checkInteger(byte[] in, int start, int whole, int end, CanonicalText text) {
    boolean negative = whole > start;
    if (negative && end == whole + 1 && in[whole] == '0') text.leaveOut(start, whole);
    byte[] limit = negative ? LOWEST : LARGEST;
    int length = end - whole;
    boolean fits = length < limit.length;
    if (length == limit.length) {
      int i = 0;
      while (i < length - 1 && in[whole + i] == limit[i]) i++;
      fits = in[whole + i] <= limit[i];
    }
    if (!fits) {
      throw JsonSyntaxException.at(
          in, start, "integers from -9223372036854775808 to 18446744073709551615");
    }
  }

  /// Whether `digits.digits` surely is the shortest form. False for some that are, which does no
  /// harm.
  private static boolean isShortest(byte[] in, int whole, int point, int end) {
    int decimals = end - point - 1;
    int integers = point - whole;
    if (integers > 7 || integers + decimals > EXACT_DIGITS) return false;
    if (decimals == 1) return true;
    if (in[end - 1] == '0') return false;
    // From 0.001 down to 0 the shortest form has an exponent.
    return in[whole] != '0'
        || in[point + 1] != '0'
        || in[point + 2] != '0'
        || decimals > 2 && in[point + 3] != '0';
  }

  private static void shorten(byte[] in, int start, int end, CanonicalText text) {
    var given = new String(in, start, end - start, ISO_8859_1);
    double value = Double.parseDouble(given);
    // JSON has no infinity; clients of Zeebe get these words for what is out of range.
    var shortest = Double.isInfinite(value) ? "\"" + value + "\"" : Double.toString(value);
    if (shortest.equals(given)) return;
    byte[] bytes = shortest.getBytes(ISO_8859_1);
    text.replace(start, end, bytes, bytes.length);
  }
}
