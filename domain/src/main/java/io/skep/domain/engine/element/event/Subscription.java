package io.skep.domain.engine.element.event;

import io.skep.domain.engine.message.ProcessSubscription;
import io.skep.domain.engine.signal.SignalSubscription;
import io.skep.domain.engine.store.Row;
import io.skep.domain.engine.timer.Timer;

/// One thing that an element instance waits for beside its work. Never changes.
///
/// @param <S> what exactly, as it was found out when the waiting began
public abstract sealed class Subscription<S> extends Row
    permits Timer, ProcessSubscription, SignalSubscription {
  private final long key;
  private final long elementInstanceKey;
  private final S start;

  protected Subscription(long key, long elementInstanceKey, S start) {
    this.key = key;
    this.elementInstanceKey = elementInstanceKey;
    this.start = start;
  }

  public final long key() {
    return key;
  }

  /// The instance that waits, or that has the boundary event.
  public final long elementInstanceKey() {
    return elementInstanceKey;
  }

  public final S start() {
    return start;
  }
}
