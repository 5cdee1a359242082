package io.skep.bootstrap;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Sets up the log: lines on standard error. Must come before the first logger.
final class Logging {
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  /// @param variables SKEP_LOG_LEVEL, or else ZEEBE_LOG_LEVEL, sets what is logged; `info` is what
  ///   holds if there is none or it is no level
  /// @return whether details for developers are wanted
  static boolean start(Map<String, String> variables) {
    String level = level(variables);
    set("defaultLogLevel", level);
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd HH:mm:ss.SSS");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    boolean detailed = level.equals("debug") || level.equals("trace");
    // What the libraries say below a warning is for who develops them.
    for (String library : List.of("org.apache.ratis", "io.netty", "io.grpc", "io.micrometer")) {
      set("log." + library, detailed ? "info" : level.equals("error") ? "error" : "warn");
    }
    // A peer that is down would fill pages; who comes and goes is told by gossip.
    if (!detailed) {
      set("log.org.apache.ratis.grpc", "error");
      java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.SEVERE);
    }
    TlsRefusals.tell();
    return detailed;
  }

  private static void set(String name, String value) {
    // A property on the command line of java goes over ours.
    if (System.getProperty(PREFIX + name) == null) System.setProperty(PREFIX + name, value);
  }

  private static String level(Map<String, String> variables) {
    for (String name : List.of("SKEP_LOG_LEVEL", "ZEEBE_LOG_LEVEL")) {
      String level = variables.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
      if (LEVELS.contains(level)) return level;
    }
    return "info";
  }
}
