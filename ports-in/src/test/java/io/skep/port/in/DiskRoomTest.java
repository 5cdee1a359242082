package io.skep.port.in;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiskRoomTest {
  private final SimulatedTime time = new SimulatedTime();
  private final FakeDisk.Told told = new FakeDisk.Told();
  private final FakeDisk disk = new FakeDisk(time, told);
  private final DiskRoomUseCase room = disk.room;

  @Test
  void shouldNoticeAFullDiskAtTheStart() {
    // given
    disk.freeBytes = 39;

    // when
    room.start();

    // then
    assertFalse(room.isEnoughToProcess());
    assertFalse(room.isEnoughToReplicate());
    assertEquals(2, told.warnings.size());
  }

  @Test
  void shouldTellOperatorsAndListenersOfEachChangeOnce() {
    // given
    var heard = new int[1];
    room.onChange(() -> heard[0]++);
    room.start();
    assertEquals(0, heard[0]);

    // when
    disk.freeBytes = 99;
    time.pass(10 * FakeDisk.INTERVAL_MS);

    // then
    assertFalse(room.isEnoughToProcess());
    assertTrue(room.isEnoughToReplicate());
    assertEquals(1, heard[0]);
    assertEquals(
        List.of(
            "Expected at least 100 bytes free on the disk of '/data', but there are 99: commands are refused until there is"),
        told.warnings);

    // when
    disk.freeBytes = 500;
    time.pass(10 * FakeDisk.INTERVAL_MS);

    // then
    assertTrue(room.isEnoughToProcess());
    assertEquals(2, heard[0]);
    assertEquals(
        List.of("500 bytes are free on the disk of '/data': commands are taken again"), told.infos);
  }

  @Test
  void shouldWaitForSomeMoreRoomBeforeItTakesCommandsAgain() {
    // given
    disk.freeBytes = 99;
    room.start();

    // when
    disk.freeBytes = 104;
    time.pass(FakeDisk.INTERVAL_MS);

    // then
    assertFalse(room.isEnoughToProcess());

    // when
    disk.freeBytes = 105;
    time.pass(FakeDisk.INTERVAL_MS);

    // then
    assertTrue(room.isEnoughToProcess());

    // when: once it has, the watermark holds again
    disk.freeBytes = 100;
    time.pass(FakeDisk.INTERVAL_MS);

    // then
    assertTrue(room.isEnoughToProcess());
  }

  @Test
  void shouldGoByWhatItKnowsWhileTheDiskDoesNotSay() {
    // given
    disk.freeBytes = 99;
    room.start();

    // when
    disk.isMute = true;
    disk.freeBytes = 500;
    time.pass(10 * FakeDisk.INTERVAL_MS);

    // then
    assertFalse(room.isEnoughToProcess());
    assertEquals(2, told.warnings.size());
    assertTrue(told.warnings.getLast().contains("stale file handle"), told.warnings::getLast);

    // when
    disk.isMute = false;
    time.pass(FakeDisk.INTERVAL_MS);

    // then
    assertTrue(room.isEnoughToProcess());
  }

  @Test
  void shouldLookNoMoreOnceItIsStopped() {
    // given
    room.start();

    // when
    room.stop();
    disk.freeBytes = 0;
    time.pass(10 * FakeDisk.INTERVAL_MS);

    // then
    assertTrue(room.isEnoughToProcess());
    assertEquals(0, time.scheduled());
  }

  @Test
  void shouldFindRoomOnADiskThatNobodyLooksAt() {
    // given
    disk.freeBytes = 0;
    var unwatched = new DiskRoomUseCase(DiskSettings.unwatched(), disk, time, told);

    // when
    unwatched.start();

    // then
    assertTrue(unwatched.isEnoughToProcess());
    assertTrue(unwatched.isEnoughToReplicate());
    assertEquals(List.of(), unwatched.reports());
    assertEquals(0, time.scheduled());
  }
}
