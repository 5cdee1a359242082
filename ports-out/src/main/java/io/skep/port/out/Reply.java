package io.skep.port.out;

import io.skep.domain.engine.Answer;

/// How a request to a partition ended.
public sealed interface Reply {

  /// The partition ran the command, or rejected it.
  record Answered(Answer answer) implements Reply {}

  /// The partition did not run it, or nobody knows.
  ///
  /// @param leader node id of the leader if the one who refused knows it, else -1
  record Refused(Reason reason, String message, int leader) implements Reply {}

  /// Why there is no answer.
  enum Reason {
    /// The broker that was asked does not lead the partition. Not run.
    NOT_LEADER(true),
    /// Too much to do, or no room on disk. Not run.
    RESOURCE_EXHAUSTED(true),
    /// The broker could not be reached. Not run.
    UNREACHABLE(true),
    /// The connection or the lead was lost while the command was on its way. Nobody knows whether
    /// it was run.
    INTERRUPTED(false),
    /// No answer in time. Nobody knows whether it was run.
    TIMEOUT(false),
    /// The broker could not read the request. Not run.
    MALFORMED(true),
    /// The command was run, but its answer is larger than what travels between members.
    ANSWER_TOO_LARGE(false),
    /// A fault in the broker. Nobody knows.
    INTERNAL(false);

    private final boolean notRun;

    Reason(boolean notRun) {
      this.notRun = notRun;
    }

    /// Whether it is certain that the command was not run, so that it can be sent again.
    public boolean isCertainlyNotRun() {
      return notRun;
    }
  }

  /// Takes the one reply to a request. Called on any thread; must not block.
  @FunctionalInterface
  interface Listener {
    void onReply(Reply reply);

    /// Whether it still waits, as far as is known here. Once it does not it never will again, and
    /// takes a reply for nothing.
    default boolean isWaiting() {
      return true;
    }
  }
}
