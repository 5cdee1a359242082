package io.skep.port.out;

import io.skep.domain.engine.Record;
import java.util.List;

/// Where the record stream goes.
public interface RecordSink {

  /// Takes the records of one turn, in order. Called on the partition's thread; must not block.
  void accept(int partitionId, List<Record> records);

  /// Whether anybody wants records at all. If not, none are made.
  boolean isOpen();
}
