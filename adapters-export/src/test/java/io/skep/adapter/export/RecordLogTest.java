package io.skep.adapter.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skep.domain.engine.Record;
import io.skep.domain.engine.Rejection;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.domain.engine.outbox.OutboxEvent.MessageReceived;
import io.skep.domain.engine.variable.VariableEvent.VariableCreated;
import io.skep.domain.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {
  @TempDir Path directory;

  @Test
  void shouldWriteRecordsAsJsonLines() throws Exception {
    // given
    Path file = directory.resolve("new/records.jsonl");
    var log = new RecordLog(new RecordLogSettings(file));
    log.start();

    // when
    log.accept(2, List.of(variable(7, "say \"hi\"", "{\"a\":[1,null]}")));
    log.stop();

    // then
    List<String> lines = Files.readAllLines(file);
    assertEquals(
        List.of(
            "{\"partitionId\":2,\"position\":7,\"sourceRecordPosition\":6,\"key\":41,\"timestamp\":1000,"
                + "\"recordType\":\"EVENT\",\"valueType\":\"VARIABLE\",\"intent\":\"CREATED\",\"value\":{"
                + "\"name\":\"say \\\"hi\\\"\",\"value\":\"{\\\"a\\\":[1,null]}\",\"scopeKey\":42,"
                + "\"processInstanceKey\":40}}"),
        lines);
    JsonObject.parse(lines.getFirst().getBytes(UTF_8));
  }

  @Test
  void shouldTellRejections() throws Exception {
    // given
    Path file = directory.resolve("records.jsonl");
    var log = new RecordLog(new RecordLogSettings(file));
    log.start();
    var rejection = new Rejection(Rejection.Reason.NOT_FOUND, "no such job");

    // when
    log.accept(
        1, List.of(new Record(3, -1, -1, 5, new CompleteJob(9, JsonObject.empty()), rejection)));
    log.stop();

    // then
    String line = Files.readString(file);
    assertTrue(
        line.contains(
            "\"recordType\":\"COMMAND_REJECTION\",\"valueType\":\"JOB\",\"intent\":\"COMPLETE\""),
        line);
    assertTrue(
        line.contains("\"rejectionType\":\"NOT_FOUND\",\"rejectionReason\":\"no such job\""), line);
  }

  @Test
  void shouldLeaveOutWhatHasNoNameOutside() throws Exception {
    // given
    Path file = directory.resolve("records.jsonl");
    var log = new RecordLog(new RecordLogSettings(file));
    log.start();

    // when
    log.accept(1, List.of(new Record(3, 2, -1, 5, new MessageReceived(-1, 2, 1), null)));
    log.stop();

    // then
    assertEquals("", Files.readString(file));
  }

  @Test
  void shouldAppendAfterARestart() throws Exception {
    // given
    Path file = directory.resolve("records.jsonl");

    // when
    for (int i = 0; i < 2; i++) {
      var log = new RecordLog(new RecordLogSettings(file));
      log.start();
      log.accept(1, List.of(variable(i, "a", "1")));
      log.stop();
    }

    // then
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void shouldRatherLeaveOutRecordsThanKeepAnyNumberInMemory() throws Exception {
    // given a disk that does not keep up
    Path file = directory.resolve("records.jsonl");
    var log = new RecordLog(new RecordLogSettings(file));
    for (int i = 0; i < 10_100; i++) log.accept(1, List.of(variable(i, "a", "1")));

    // when
    log.start();
    log.stop();

    // then
    List<String> lines = Files.readAllLines(file);
    assertEquals(10_000, lines.size());
    assertTrue(lines.getFirst().contains("\"position\":0,"), lines.getFirst());
  }

  @Test
  void shouldNameTheFileThatCannotBeOpened() {
    // given
    var log = new RecordLog(new RecordLogSettings(directory));

    // when
    var problem = assertThrows(UncheckedIOException.class, log::start);

    // then
    assertTrue(problem.getMessage().contains("skep.broker.recordLog.file"), problem.getMessage());
    assertTrue(problem.getMessage().contains(directory.toString()), problem.getMessage());
  }

  @Test
  void shouldBeClosedIfNobodyWantsRecords() {
    assertFalse(new RecordLog(new RecordLogSettings(null)).isOpen());
  }

  private static Record variable(long position, String name, String value) {
    var document = JsonObject.of(List.of(name), List.of(value.getBytes(UTF_8)));
    return new Record(position, 6, 41, 1000, new VariableCreated(41, 42, 40, document, 0), null);
  }
}
