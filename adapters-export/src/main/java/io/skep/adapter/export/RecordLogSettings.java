package io.skep.adapter.export;

import java.nio.file.Path;

/// Where the record stream of this broker's partitions is written.
///
/// @param file one JSON object a line is appended to it; `null` if nobody wants records
public record RecordLogSettings(Path file) {}
