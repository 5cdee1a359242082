package io.skep.adapter.sbe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.DefaultEventLoop;
import io.skep.port.in.Arrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final List<List<String>> written = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final WriteQueue<String> queue =
      new WriteQueue<>(loop, () -> written.add(rest()), () -> left.addAll(rest()));

  @AfterEach
  void endLoop() {
    loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private List<String> rest() {
    var rest = new ArrayList<String>();
    for (String item; (item = queue.poll()) != null; ) rest.add(item);
    return rest;
  }

  private void letLoopRun() throws InterruptedException {
    loop.submit(() -> {}).sync();
  }

  @Test
  void shouldWriteWhatArrivesAlone() throws InterruptedException {
    queue.offer("a");
    letLoopRun();
    queue.offer("b");
    letLoopRun();

    assertEquals(List.of(List.of("a"), List.of("b")), written);
  }

  @Test
  void shouldWriteTogetherWhatArrivesTogether() throws InterruptedException {
    // when
    Arrivals.begin();
    try {
      queue.offer("a");
      letLoopRun();
      queue.offer("b");
    } finally {
      Arrivals.end();
    }
    letLoopRun();

    // then
    assertEquals(List.of(List.of("a", "b")), written);
  }

  @Test
  void shouldTellOfEachThatComesAfterTheEnd() {
    // given
    endLoop();

    // when
    queue.offer("a");
    queue.offer("b");

    // then
    assertEquals(List.of("a", "b"), left);
  }

  @Test
  void shouldTellOfAllThatArriveTogetherAfterTheEnd() {
    // given: the loop ends while they arrive
    Arrivals.begin();
    try {
      queue.offer("a");
      endLoop();
      queue.offer("b");
    } finally {
      Arrivals.end();
    }

    // then
    assertEquals(List.of("a", "b"), left);
    assertEquals(List.of(), written);
  }
}
