package io.skep.port.out;

import io.skep.domain.engine.Record;
import java.util.List;

/// Where the record stream goes.
public interface RecordSink {

  /// Takes the records of one turn, in order, once they are certain to stay. Called by one thread
  /// at a time for each partition; must not block.
  ///
  /// @param records will not be written to
  void accept(int partitionId, List<Record> records);

  /// Whether anybody wants records at all. If not, none are made.
  boolean isOpen();
}
