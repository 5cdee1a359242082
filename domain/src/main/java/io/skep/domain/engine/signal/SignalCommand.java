package io.skep.domain.engine.signal;

import io.skep.domain.engine.Command;
import io.skep.domain.json.JsonObject;

/// How signals come to all who listen.
public sealed interface SignalCommand extends Command {

  /// From a client.
  record BroadcastSignal(String name, JsonObject variables, String tenantId)
      implements SignalCommand {}

  /// From another partition.
  ///
  /// @param signalKey given by the partition where it was broadcast
  record DistributeSignal(long signalKey, String name, JsonObject variables, String tenantId)
      implements SignalCommand {}

  /// Reaches those who listened when the signal came, some of them at a time. Never comes from
  /// outside.
  ///
  /// @param afterKey the subscriptions up to this key have been reached
  /// @param upToKey subscriptions with higher keys came later than the signal
  record ReachListeners(
      String name, JsonObject variables, String tenantId, long afterKey, long upToKey)
      implements SignalCommand {}
}
