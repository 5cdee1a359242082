package io.skep.adapter.bpmn.feel;

import fastparse.ParserInput;
import fastparse.ParserInputSource;
import scala.Function1;

/// Text for the parser that can be looked at only so many times.
final class CountedInput extends ParserInput implements ParserInputSource {
  private final String text;
  private int looksLeft;

  CountedInput(String text, int looks) {
    this.text = text;
    this.looksLeft = looks;
  }

  /// The parser went back and forth in the text too often.
  static final class ExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ExhaustedException() {
      super(null, null, false, false);
    }
  }

  @Override
  public char apply(int index) {
    if (--looksLeft < 0) throw new ExhaustedException();
    return text.charAt(index);
  }

  @Override
  public boolean isReachable(int index) {
    return index < text.length();
  }

  @Override
  public String slice(int from, int until) {
    return text.substring(Math.min(from, text.length()), Math.min(until, text.length()));
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public int innerLength() {
    return text.length();
  }

  @Override
  public void dropBuffer(int index) {}

  @Override
  public void checkTraceable() {}

  @Override
  public String prettyIndex(int index) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return line + ":" + (index - lineStart + 1);
  }

  @Override
  public <T> T parseThrough(Function1<ParserInput, T> parser) {
    return parser.apply(this);
  }
}
