package org.apache.ratis.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AwaitForSignalTest {
  private static final String CLASS = "org/apache/ratis/util/AwaitForSignal.class";

  @Test
  void shouldKeepASignalThatNobodyWaitsFor() throws InterruptedException {
    // given
    var signal = new AwaitForSignal("test");

    // when
    signal.signal();
    signal.signal();

    // then
    assertTrue(signal.await(1, TimeUnit.MINUTES));
    assertFalse(signal.await(1, TimeUnit.MILLISECONDS));

    // when
    signal.signal();

    // then
    signal.await();
    assertFalse(signal.await(0, TimeUnit.MILLISECONDS));
  }

  @Test
  void shouldWakeWhoeverWaits() throws InterruptedException {
    // given
    var signal = new AwaitForSignal("test");

    // when
    Thread other = Thread.startVirtualThread(signal::signal);

    // then
    assertTrue(signal.await(1, TimeUnit.MINUTES));
    other.join();
  }

  /// If this fails with a newer Ratis, the class of ours can go.
  @Test
  void shouldBeNeededAsRatisForgetsSignals() throws Exception {
    // given
    List<URL> both = Collections.list(getClass().getClassLoader().getResources(CLASS));
    assertEquals(2, both.size());
    Class<?> theirs = new RatisOwn(both.getLast()).define();
    Object signal = theirs.getConstructor(Object.class).newInstance("test");

    // when
    theirs.getMethod("signal").invoke(signal);

    // then
    var await = theirs.getMethod("await", long.class, TimeUnit.class);
    assertEquals(false, await.invoke(signal, 1, TimeUnit.MILLISECONDS));
  }

  /// Has the class as it is in Ratis' jar.
  private static final class RatisOwn extends ClassLoader {
    private final URL url;

    RatisOwn(URL url) {
      super(AwaitForSignalTest.class.getClassLoader());
      this.url = url;
    }

    Class<?> define() throws IOException {
      try (var in = url.openStream()) {
        byte[] bytes = in.readAllBytes();
        return defineClass(AwaitForSignal.class.getName(), bytes, 0, bytes.length);
      }
    }
  }
}
