package io.skep.simulation;

/// What somebody might get wrong one day. Each is planted into what surrounds the product's code
/// here, or between the two, and has to be found.
enum Bug {
  /// A leader runs and answers what only it has.
  ACKNOWLEDGED_BEFORE_COMMIT,
  /// A log without others tells what is not on its disk.
  TOLD_BEFORE_COMMIT,
  /// A replica says that it holds what a crash can take from it.
  SKIPPED_SYNC,
  /// A list that gives its elements in another order on each broker.
  UNORDERED_ITERATION,
  /// What was received before takes effect again.
  OUTBOX_WITHOUT_DEDUPLICATION,
  /// An alarm that never rings.
  LOST_TIMER,
  /// A member that does not outbid what others say of it.
  INCARNATION_NOT_RAISED,
  /// A gateway that never learns of another leader.
  STALE_ROUTING,
  /// A job is given back without saying from whom.
  YIELD_OF_ANY_ACTIVATION
}
