package io.skep.domain.json;

import java.util.Arrays;

/// Text on its way into canonical form.
///
/// Stands for the input itself as long as nothing has to change within it; from the first change on
/// it is a copy.
final class CanonicalText {
  private final byte[] in;

  /// Start of the input that was neither copied nor left out yet.
  private int pending;

  private byte[] out;
  private int length;

  CanonicalText(byte[] in) {
    this.in = in;
  }

  /// Where the input at this place comes to lie. The input before it must have been dealt with.
  int position(int at) {
    return length + at - pending;
  }

  /// Drops a stretch of the input.
  void leaveOut(int from, int to) {
    keepUpTo(from);
    pending = to;
  }

  /// Puts something else in the place of a stretch of the input.
  void replace(int from, int to, byte[] by, int byLength) {
    keepUpTo(from);
    reserve(byLength);
    System.arraycopy(by, 0, out, length, byLength);
    length += byLength;
    pending = to;
  }

  void replace(int from, int to, byte by) {
    keepUpTo(from);
    reserve(1);
    out[length++] = by;
    pending = to;
  }

  /// The text from a position up to the input at this place.
  byte[] copy(int fromPosition, int to) {
    keepUpTo(to);
    return Arrays.copyOfRange(out, fromPosition, length);
  }

  /// The text up to the input at this place; the input itself if it is just that.
  byte[] finish(int end) {
    if (length == 0)
      return pending == 0 && end == in.length ? in : Arrays.copyOfRange(in, pending, end);
    keepUpTo(end);
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  private void keepUpTo(int to) {
    int count = to - pending;
    if (count > 0) {
      reserve(count);
      System.arraycopy(in, pending, out, length, count);
      length += count;
      pending = to;
    }
  }

  private void reserve(int count) {
    if (out == null) out = new byte[Math.max(in.length, count) + 16];
    else if (out.length - length < count)
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + count));
  }
}
