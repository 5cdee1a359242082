package io.skep.bootstrap.config;

import java.nio.file.Path;
import java.util.List;

/// Where the record stream goes. Not a key of Zeebe's.
final class RecordKeys {
  static final Key<Path> FILE =
      Key.optional(
          "skep.broker.recordLog.file",
          ValueType.path(),
          "no records are written",
          "File to which every record is appended, one JSON object a line");

  static final List<Key<?>> ALL = List.of(FILE);

  private RecordKeys() {}
}
