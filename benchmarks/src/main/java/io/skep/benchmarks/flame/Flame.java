package io.skep.benchmarks.flame;

import io.skep.benchmarks.flame.Stacks.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Draws a flame graph of a recording by Java Flight Recorder. `bin/flame` makes the recording and
/// runs this from its source.
public final class Flame {
  private Flame() {}

  /// @param arguments `cpu` or `alloc`, the recording, and where to draw it; the folded stacks go
  ///   beside that
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3 || !List.of("cpu", "alloc").contains(arguments[0])) {
      System.err.println("Expected: cpu|alloc RECORDING.jfr FLAME.svg");
      System.exit(2);
    }
    Kind kind = arguments[0].equals("cpu") ? Kind.CPU : Kind.ALLOCATION;
    Path svg = Path.of(arguments[2]);
    if (!draw(Path.of(arguments[1]), kind, svg)) {
      System.err.printf(
          "Expected events %s in the recording, but there are none: was the process idle?%n",
          kind.event);
      System.exit(1);
    }
    System.out.printf("Drew %s, and wrote the stacks to %s%n", svg, folded(svg));
  }

  /// @return whether there was anything to draw
  static boolean draw(Path recording, Kind kind, Path svg) throws IOException {
    Stacks stacks = Stacks.read(recording, kind);
    if (stacks.root.weight == 0) return false;
    String title = "%s, %,d %s".formatted(kind.event, stacks.root.weight, kind.unit);
    Files.writeString(svg, FlameSvg.of(stacks.root, title, kind.unit));
    Files.write(folded(svg), stacks.folded());
    return true;
  }

  static Path folded(Path svg) {
    return svg.resolveSibling(svg.getFileName().toString().replaceFirst("\\.svg$", "") + ".folded");
  }
}
