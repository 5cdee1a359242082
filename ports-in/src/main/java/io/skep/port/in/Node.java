package io.skep.port.in;

/// The life of this process as a whole.
public interface Node {

  /// Opens what is inside: on a broker its partitions. Listeners are opened by their adapters.
  void start();

  /// Ends it: no new commands, what is in flight gets a while to end, then the logs are closed.
  void stop();
}
