package io.skep.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// The records that a broker has written: what clients cannot ask for, such as keys of incidents.
record RecordLogFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /// Waits for an incident of the instance that was created and not resolved.
  JsonNode incident(long instanceKey) {
    return await(
        node ->
            node.get("valueType").asText().equals("INCIDENT")
                && node.get("intent").asText().equals("CREATED")
                && node.at("/value/processInstanceKey").asLong() == instanceKey);
  }

  /// Waits until an element of the instance gets to a point of its life.
  JsonNode element(long instanceKey, String elementId, String intent) {
    return await(
        node ->
            node.get("valueType").asText().equals("PROCESS_INSTANCE")
                && node.get("intent").asText().equals(intent)
                && node.at("/value/elementId").asText().equals(elementId)
                && node.at("/value/processInstanceKey").asLong() == instanceKey);
  }

  private JsonNode await(Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      var found = all().stream().filter(wanted).findFirst();
      if (found.isPresent()) return found.get();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Expected a record that is not in " + path);
      }
      SkepProcess.pause(50);
    }
  }

  private List<JsonNode> all() {
    try {
      var text = Files.exists(path) ? Files.readString(path) : "";
      // The last line may be half written.
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .map(RecordLogFile::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("Expected a record in JSON, but got " + line, e);
    }
  }
}
