package io.skep.load;

import static java.util.Locale.ROOT;

import io.skep.load.Options.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// All figures of a run as JSON. Latencies are in milliseconds.
final class Json {
  private final StringBuilder text = new StringBuilder();

  private Json() {}

  static String of(Options options, Result result) {
    var json = new Json();
    json.fields("{\n  ", ",\n  ", "\n}\n", fields(options, result));
    return json.text.toString();
  }

  private static List<Object> fields(Options options, Result result) {
    Pace pace = options.pace();
    var failures = new ArrayList<Object>();
    new TreeMap<>(result.failures())
        .forEach(
            (what, failure) -> {
              failures.add(what);
              failures.add(object("count", failure.count(), "example", failure.example()));
            });
    Result.Latency latency = result.latency();
    return List.of(
        "scenario", options.scenario().text(),
        "address", options.target().address(),
        "connections", options.target().connections(),
        "loop", pace instanceof Pace.Open ? "open" : "closed",
        "inFlight", pace.inFlight(),
        "ratePerSecond", pace instanceof Pace.Open(double rate, _) ? (Object) rate : new Absent(),
        "jobs", options.streaming() ? "stream" : "poll",
        "variablesBytes", options.variablesBytes(),
        "warmUpSeconds", options.warmUp().toSeconds(),
        "measuredSeconds", result.measuredSeconds(),
        "ended", result.ended(),
        "endedPerSecond", result.perSecond(),
        "measured", result.measured(),
        "latencyMs",
            object(
                "min", latency.min(),
                "mean", latency.mean(),
                "p50", latency.p50(),
                "p90", latency.p90(),
                "p95", latency.p95(),
                "p99", latency.p99(),
                "p99.9", latency.p999(),
                "max", latency.max()),
        "failed", result.lost(),
        "notEnded", result.unfinished(),
        "refused", result.refused(),
        "failures", new Fields(failures),
        "generatorBusy", result.generatorBusy(),
        "seconds", result.seconds().stream().map(Json::second).toList());
  }

  private static Fields second(Measurement.Second second) {
    return object(
        "atSecond", second.atSecond(),
        "endedPerSecond", second.perSecond(),
        "p50", second.p50Ms(),
        "p90", second.p90Ms(),
        "p99", second.p99Ms(),
        "max", second.maxMs(),
        "refused", second.refused(),
        "failed", second.failed(),
        "inFlight", second.inFlight());
  }

  /// Names and values in turns.
  private record Fields(List<Object> content) {}

  private record Absent() {}

  private static Fields object(Object... content) {
    return new Fields(List.of(content));
  }

  private void fields(String open, String between, String close, List<Object> content) {
    text.append(open);
    for (int i = 0; i < content.size(); i += 2) {
      if (i > 0) text.append(between);
      value(content.get(i));
      text.append(": ");
      value(content.get(i + 1));
    }
    text.append(close);
  }

  private void value(Object value) {
    switch (value) {
      case Fields(var content) -> fields("{", ", ", "}", content);
      case List<?> list -> {
        text.append("[");
        for (int i = 0; i < list.size(); i++) {
          text.append(i == 0 ? "\n    " : ",\n    ");
          value(list.get(i));
        }
        text.append("]");
      }
      case String string -> string(string);
      case Double number -> text.append(String.format(ROOT, "%.4f", number));
      case Number number -> text.append(number);
      case Absent _ -> text.append("null");
      default -> throw new IllegalArgumentException("No JSON for " + value);
    }
  }

  private void string(String value) {
    text.append('"');
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') text.append('\\').append(c);
      else if (c < ' ') text.append(String.format(ROOT, "\\u%04x", (int) c));
      else text.append(c);
    }
    text.append('"');
  }
}
