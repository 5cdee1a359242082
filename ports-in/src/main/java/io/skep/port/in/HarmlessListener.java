package io.skep.port.in;

import io.skep.port.out.Reply;

/// Passes a partition's replies on. A listener that fails must harm neither the log, on whose
/// thread it is called, nor those who are told after it.
record HarmlessListener(int partitionId, PartitionEnvironment environment, Reply.Listener listener)
    implements Reply.Listener {

  @Override
  public void onReply(Reply reply) {
    if (reply instanceof Reply.Refused refused
        && refused.reason() == Reply.Reason.RESOURCE_EXHAUSTED) {
      environment.metrics().dropped(partitionId);
    }
    try {
      listener.onReply(reply);
    } catch (RuntimeException fault) {
      environment
          .log()
          .error(
              "Partition %d gave a reply that could not be passed on".formatted(partitionId),
              fault);
    }
  }

  @Override
  public boolean isWaiting() {
    return listener.isWaiting();
  }
}
