package io.skep.domain.cluster.gossip;

/// How fast gossip is. All spans in milliseconds.
///
/// @param probeMs one member is probed in each such span, and has to have answered at its end, by
///   whatever way
/// @param probeTimeoutMs after which others are asked to probe it, less than `probeMs`
/// @param helpers how many others
/// @param doubtMs how long somebody may answer whose connection broke and who takes no new one
/// @param suspicionMs how long a suspect may object before it is taken for dead; at least twice of
///   what a garbage collection may take
/// @param pushRetryMs after which a push is repeated for the first time; doubles from then on
/// @param pushGapMs changes of a member's own record within this span are pushed together
/// @param syncMs span between two comparisons of everything with some member
/// @param joinRetryMs span between two attempts to find the first member; doubles up to a second
/// @param forgetMs how long the dead are remembered, so that nobody brings them back by old news
/// @param newsBytes how much news goes along with a message
public record GossipSettings(
    long probeMs,
    long probeTimeoutMs,
    int helpers,
    long doubtMs,
    long suspicionMs,
    long pushRetryMs,
    long pushGapMs,
    long syncMs,
    long joinRetryMs,
    long forgetMs,
    int newsBytes) {

  /// A dead member is known after 1.6 to 2 s. The next leader is known as soon as it says so.
  public static final GossipSettings DEFAULT =
      new GossipSettings(400, 150, 3, 100, 1_200, 100, 10, 10_000, 100, 300_000, 16 << 10);

  public GossipSettings {
    if (probeTimeoutMs >= probeMs) {
      throw new IllegalArgumentException(
          "Expected the probe's timeout to be less than the probe interval, but they are %d and %d ms"
              .formatted(probeTimeoutMs, probeMs));
    }
  }
}
