package io.skep.domain.json;

import java.util.SplittableRandom;

/// Makes JSON objects, each in two writings of the same content: canonical, and as people and
/// programs send it.
final class RandomJson {
  private static final String[] TEXTS = {
    "\"\"", "\"a\"", "\"Grüße, 世界 🌍\"", "\"\\\"quoted\\\\ \\n\\u0000\\u001F\"", "\"it's\"", "\"/\""
  };
  private static final String[] SENT_TEXTS = {
    "''",
    "\"\\u0061\"",
    "'Gr\\u00fc\\u00DFe, 世界 \\uD83C\\udf0d'",
    "'\"quoted\\u005c \\u000a\\u0000\\u001f'",
    "'it\\'s'",
    "\"\\/\""
  };
  private static final String[] NAMES = {"\"n", "\"Grüße", "\"\\\"\\u001F/\u007f"};
  private static final String[] SENT_NAMES = {
    "\"\\u006e", "\"Gr\\u00fc\\u00DFe", "\"\\u0022\\u001f\\/\\u007F"
  };
  private static final String[] NUMBERS = {
    "0",
    "-42",
    "18446744073709551615",
    "-9223372036854775808",
    "2.5",
    "1.0",
    "1.5E-12",
    "0.001",
    "-0.0",
    "1500.0"
  };
  private static final String[] SENT_NUMBERS = {
    "-0",
    "-42",
    "18446744073709551615",
    "-9223372036854775808",
    "2.50",
    "1.000",
    "0.0000000000015",
    "1e-3",
    "-0e7",
    "1.5e+3"
  };

  private final SplittableRandom random;
  final StringBuilder canonical = new StringBuilder();
  final StringBuilder sent = new StringBuilder();

  RandomJson(long seed) {
    random = new SplittableRandom(seed);
    object(4);
  }

  private void object(int depth) {
    both("{");
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      if (i > 0) both(",");
      choice(NAMES, SENT_NAMES);
      both(i + "\"");
      space();
      both(":");
      value(depth - 1);
    }
    space();
    both("}");
  }

  private void value(int depth) {
    space();
    switch (random.nextInt(depth > 0 ? 6 : 4)) {
      case 0 -> choice(TEXTS, SENT_TEXTS);
      case 1 -> choice(NUMBERS, SENT_NUMBERS);
      case 2 -> both(random.nextBoolean() ? "true" : "false");
      case 3 -> both("null");
      case 4 -> object(depth);
      default -> array(depth);
    }
    space();
  }

  private void array(int depth) {
    both("[");
    int size = random.nextInt(4);
    for (int i = 0; i < size; i++) {
      if (i > 0) both(",");
      value(depth - 1);
    }
    space();
    both("]");
  }

  private void choice(String[] plain, String[] odd) {
    int i = random.nextInt(plain.length);
    canonical.append(plain[i]);
    sent.append(random.nextBoolean() ? plain[i] : odd[i]);
  }

  private void space() {
    if (random.nextInt(3) == 0)
      sent.append(new String[] {" ", "\n", "\r\n", "\t"}[random.nextInt(4)]);
  }

  private void both(String text) {
    canonical.append(text);
    sent.append(text);
  }
}
