package io.skep.domain.cluster;

/// Where a member can be reached.
///
/// @param port 1 to 65535
public record Address(String host, int port) {

  /// Reads `host:port`; an IPv6 host stands in brackets.
  ///
  /// @throws IllegalArgumentException if it is not of this form
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) throw wrong(text);
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) host = host.substring(1, host.length() - 1);
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port < 1 || port > 65535 || host.isEmpty()) throw wrong(text);
      return new Address(host, port);
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "Expected host:port with a port of 1 to 65535, but it is '%s'".formatted(text));
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
