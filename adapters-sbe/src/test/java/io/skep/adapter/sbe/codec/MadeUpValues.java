package io.skep.adapter.sbe.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.json.JsonObject;
import java.util.List;
import java.util.SplittableRandom;

/// Where made up messages have their values from.
public interface MadeUpValues {
  long number();

  boolean flag();

  String text();

  byte[] bytes();

  JsonObject json();

  int listSize();

  <T> T oneOf(List<T> choices);

  /// Values all over the place, the same for the same seed.
  static MadeUpValues random(long seed) {
    return new Random(new SplittableRandom(seed));
  }

  /// Values that differ from each other and are the same each time.
  static MadeUpValues counted() {
    return new Counted();
  }

  /// See [#random(long)].
  record Random(SplittableRandom source) implements MadeUpValues {
    private static final List<String> TEXTS =
        List.of("", "a", "order-process", "<default>", "Grüße", "日本", "😀", "\uFFFD", "a\nb\"c\\");
    private static final List<String> JSON =
        List.of(
            "{}",
            "{\"a\":1}",
            "{\"orderId\":\"x-17\",\"lines\":[{\"sku\":\"ü\",\"n\":2},null],\"total\":12.5}",
            "{\"nested\":{\"deep\":{\"er\":[[],{}]}},\"text\":\"a\\\"b\\\\c\"}");

    @Override
    public long number() {
      return switch (source.nextInt(4)) {
        case 0 -> source.nextInt(10);
        case 1 -> -source.nextInt(10);
        default -> source.nextLong();
      };
    }

    @Override
    public boolean flag() {
      return source.nextBoolean();
    }

    @Override
    public String text() {
      return oneOf(TEXTS);
    }

    @Override
    public byte[] bytes() {
      var bytes = new byte[source.nextInt(100)];
      source.nextBytes(bytes);
      return bytes;
    }

    @Override
    public JsonObject json() {
      return JsonObject.parse(oneOf(JSON).getBytes(UTF_8));
    }

    @Override
    public int listSize() {
      return source.nextInt(4);
    }

    @Override
    public <T> T oneOf(List<T> choices) {
      return choices.get(source.nextInt(choices.size()));
    }
  }

  /// See [#counted].
  final class Counted implements MadeUpValues {
    private int last;

    @Override
    public long number() {
      return ++last;
    }

    @Override
    public boolean flag() {
      return true;
    }

    @Override
    public String text() {
      return "t" + ++last;
    }

    @Override
    public byte[] bytes() {
      return new byte[] {(byte) ++last};
    }

    @Override
    public JsonObject json() {
      return JsonObject.parse(("{\"v\":" + ++last + "}").getBytes(UTF_8));
    }

    @Override
    public int listSize() {
      return 2;
    }

    @Override
    public <T> T oneOf(List<T> choices) {
      return choices.getFirst();
    }
  }
}
