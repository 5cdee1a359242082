package io.skep.domain.expression;

import io.skep.domain.engine.element.ProcessModel;
import java.util.List;

/// Turns a deployed file into models that the engine can run. A pure function: the same bytes give
/// the same models.
@FunctionalInterface
public interface ProcessReader {

  /// @param resourceName the file's name, whose ending tells the language
  Reading read(String resourceName, byte[] content);

  /// What came of it.
  sealed interface Reading {}

  /// @param processes the executable processes of the file in document order, one at least
  record Readable(List<ProcessModel> processes) implements Reading {}

  /// @param problems text for the person who deployed it: each problem with the id of its element
  record Unreadable(String problems) implements Reading {}
}
