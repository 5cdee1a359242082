package io.skep.benchmarks;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a benchmark came to.
///
/// @param perSecond operations a second
/// @param bytes allocated by an operation
record Measured(double perSecond, double bytes) {
  private static final String HEADER = "benchmark,operations a second,bytes allocated";

  /// Machines and their moods differ by more than two.
  private static final double SLOWER = 3;

  /// Allocation hardly depends on the machine.
  private static final double MORE_BYTES = 1.15;

  /// JMH's own threads allocate a little at times.
  private static final double SOME_BYTES = 8;

  /// @return what is worse than it was by more than the margin; empty if nothing is
  List<String> worseThan(Measured baseline) {
    var worse = new ArrayList<String>();
    if (perSecond * SLOWER < baseline.perSecond) {
      worse.add(
          String.format(
              ROOT,
              "expected %.0f operations a second at least, a third of %.0f, but measured %.0f",
              baseline.perSecond / SLOWER,
              baseline.perSecond,
              perSecond));
    }
    if (bytes > baseline.bytes * MORE_BYTES + SOME_BYTES) {
      worse.add(
          String.format(
              ROOT,
              "expected %.0f bytes an operation at most, 15 %% above %.0f, but measured %.0f",
              baseline.bytes * MORE_BYTES + SOME_BYTES,
              baseline.bytes,
              bytes));
    }
    return worse;
  }

  /// @return whether the baseline should be lowered, so that what was won is not lost unseen
  boolean isMuchBetterThan(Measured baseline) {
    return bytes * MORE_BYTES + SOME_BYTES < baseline.bytes;
  }

  static Map<String, Measured> read(Path file) throws IOException {
    var measured = new TreeMap<String, Measured>();
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IOException("Expected '%s' in the first line of %s".formatted(HEADER, file));
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      if (cells.length != 3) {
        throw new IOException("Expected three values in %s, but got '%s'".formatted(file, line));
      }
      measured.put(
          cells[0], new Measured(Double.parseDouble(cells[1]), Double.parseDouble(cells[2])));
    }
    return measured;
  }

  static void write(Path file, Map<String, Measured> all) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(HEADER);
    new TreeMap<>(all)
        .forEach(
            (name, it) ->
                lines.add(String.format(ROOT, "%s,%.0f,%.0f", name, it.perSecond, it.bytes)));
    Files.write(file, lines);
  }
}
