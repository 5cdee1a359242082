package io.skep.load;

import static java.util.Locale.ROOT;

import io.skep.load.Measurement.Second;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// A picture of a run: operations a second above, percentiles of latency below, over time.
final class Plot {
  private static final int WIDTH = 900;
  private static final int LEFT = 70;
  private static final int RIGHT = 20;
  private static final int PANEL = 200;
  private static final int TOP = 70;
  private static final int GAP = 60;

  private record Line(String name, String colour, ToDoubleFunction<Second> value) {}

  private static final List<Line> RATES = List.of(new Line("ended", "#0b6e4f", Second::perSecond));

  private static final List<Line> LATENCIES =
      List.of(
          new Line("p50", "#1f77b4", Second::p50Ms),
          new Line("p90", "#ff7f0e", Second::p90Ms),
          new Line("p99", "#d62728", Second::p99Ms),
          new Line("max", "#8a8a8a", Second::maxMs));

  private final StringBuilder svg = new StringBuilder();
  private final List<Second> seconds;
  private final double firstSecond;
  private final double lastSecond;

  private Plot(List<Second> seconds) {
    this.seconds = seconds;
    firstSecond = seconds.isEmpty() ? 0 : seconds.getFirst().atSecond();
    lastSecond = seconds.isEmpty() ? 1 : end(seconds.getLast());
  }

  /// An SVG file.
  static String of(Options options, Result result) {
    var plot = new Plot(result.seconds());
    int below = TOP + PANEL + GAP;
    int height = below + PANEL + 50;
    plot.add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" \
        font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="white"/>
        """,
        WIDTH, height, WIDTH, height);
    plot.text(
        LEFT,
        24,
        "start",
        "skep bench: %s, %s".formatted(options.scenario().text(), Report.pace(options.pace())));
    plot.text(
        LEFT,
        42,
        "start",
        String.format(
            ROOT,
            "%,.0f operations per second; latency p50 %.2f ms, p99 %.2f ms, max %.2f ms",
            result.perSecond(),
            result.latency().p50(),
            result.latency().p99(),
            result.latency().max()));
    plot.panel(TOP, "operations per second", RATES, Scale.linear(plot.most(RATES)));
    plot.panel(
        below,
        "latency in ms",
        LATENCIES,
        Scale.logarithmic(plot.least(LATENCIES), plot.most(LATENCIES)));
    plot.text(WIDTH / 2, height - 12, "middle", "seconds; warm-up is grey");
    return plot.svg.append("</svg>\n").toString();
  }

  private static double end(Second second) {
    return second.atSecond() + second.seconds();
  }

  private double most(List<Line> lines) {
    return values(lines).max().orElse(1);
  }

  private double least(List<Line> lines) {
    return values(lines).min().orElse(1);
  }

  private DoubleStream values(List<Line> lines) {
    return lines.stream()
        .flatMapToDouble(line -> seconds.stream().mapToDouble(line.value()))
        .filter(value -> value > 0);
  }

  private double x(double second) {
    return LEFT + (second - firstSecond) / (lastSecond - firstSecond) * (WIDTH - LEFT - RIGHT);
  }

  private void panel(int top, String title, List<Line> lines, Scale scale) {
    if (firstSecond < 0) {
      add(
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f0f0f0\"/>%n",
          x(firstSecond), top, x(Math.min(0, lastSecond)) - x(firstSecond), PANEL);
    }
    for (double mark : scale.marks()) {
      double y = top + PANEL * (1 - scale.of(mark));
      rule(LEFT, y, WIDTH - RIGHT, y);
      text(
          LEFT - 6,
          y + 4,
          "end",
          mark < 1 ? "%s".formatted((float) mark) : "%,.0f".formatted(mark));
    }
    for (double mark : Scale.linearMarks(firstSecond, lastSecond)) {
      rule(x(mark), top + PANEL, x(mark), top + PANEL + 4);
      text(x(mark), top + PANEL + 17, "middle", "%.0f".formatted(mark));
    }
    text(LEFT, top - 6, "start", title);
    for (int i = 0; i < lines.size(); i++) line(top, lines.get(i), i, lines.size(), scale);
  }

  private void line(int top, Line line, int index, int count, Scale scale) {
    var points = new StringBuilder();
    for (Second second : seconds) {
      // Where nothing ended there is no latency.
      if (second.operations() == 0 && line.value().applyAsDouble(second) == 0 && count > 1)
        continue;
      double y = top + PANEL * (1 - scale.of(line.value().applyAsDouble(second)));
      points.append(String.format(ROOT, "%.1f,%.1f ", x(end(second)), y));
    }
    add(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>%n",
        line.colour(), points.toString().strip());
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"%s\">%s</text>%n",
        WIDTH - RIGHT - (count - 1 - index) * 40, top - 6, line.colour(), line.name());
  }

  private void rule(double x1, double y1, double x2, double y2) {
    add(
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ccc\"/>%n",
        x1, y1, x2, y2);
  }

  private void text(double x, double y, String anchor, String content) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#333\">%s</text>%n",
        x, y, anchor, content.replace("&", "&amp;").replace("<", "&lt;"));
  }

  private void add(String format, Object... values) {
    svg.append(String.format(ROOT, format, values));
  }
}
