package io.skep.adapter.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.Event;
import io.skep.domain.engine.Record;
import java.io.IOException;
import java.io.OutputStream;

/// Records as JSON, in the vocabulary of the Zeebe protocol.
final class RecordJson {
  private final JsonLine line = new JsonLine();

  void append(int partitionId, Record record) {
    String kind =
        record.rejection() != null
            ? "COMMAND_REJECTION"
            : record.content() instanceof Event ? "EVENT" : "COMMAND";
    Vocabulary words =
        switch (record.content()) {
          case Event event -> EventVocabulary.of(event);
          case Command command -> CommandVocabulary.of(command);
          default -> null;
        };
    // Some events are of this engine's own and say nothing to others.
    if (words == null) return;
    line.begin()
        .number("partitionId", partitionId)
        .number("position", record.position())
        .number("sourceRecordPosition", record.sourcePosition())
        .number("key", record.key())
        .number("timestamp", record.timestampMs())
        .text("recordType", kind)
        .text("valueType", words.valueType())
        .text("intent", words.intent());
    if (record.rejection() != null) {
      line.text("rejectionType", record.rejection().reason().name())
          .text("rejectionReason", record.rejection().message());
    }
    line.beginObject("value");
    words.value().accept(line);
    line.endObject().end();
  }

  void drainTo(OutputStream out) throws IOException {
    out.write(line.drain().getBytes(UTF_8));
  }
}
