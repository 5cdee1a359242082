package io.skep.port.in;

/// Whether there is room on this broker's disk. Answers at once, as of the last look.
public interface DiskRoom {

  /// Whether there is room for what leads to more: for commands.
  boolean isEnoughToProcess();

  /// Whether there is room for what leaders send.
  boolean isEnoughToReplicate();
}
