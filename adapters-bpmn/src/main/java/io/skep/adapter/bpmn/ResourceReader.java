package io.skep.adapter.bpmn;

import io.skep.adapter.bpmn.model.BpmnFile;
import io.skep.domain.expression.ProcessReader;
import jakarta.inject.Inject;

/// Picks the language by the ending of the file's name.
final class ResourceReader implements ProcessReader {

  @Inject
  ResourceReader() {}

  @Override
  public Reading read(String resourceName, byte[] content) {
    return switch (ending(resourceName)) {
      case "bpmn", "xml" -> BpmnFile.read(content);
      case "dmn" -> new Unreadable("DMN decisions are not supported yet");
      case "form" -> new Unreadable("Forms are not supported yet");
      default ->
          new Unreadable("unknown resource type, expected a name that ends with .bpmn or .xml");
    };
  }

  private static String ending(String resourceName) {
    return resourceName.substring(resourceName.lastIndexOf('.') + 1);
  }
}
