package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.ByteArrayInputStream;
import org.camunda.bpm.model.xml.ModelException;

/// Parses XML and checks it against BPMN's schema. Document types, and with them entities, are
/// refused.
final class BpmnXml {
  /// One for all partitions. It was not made for several threads.
  private static final QuickBpmnParser PARSER = new QuickBpmnParser();

  private BpmnXml() {}

  static BpmnModelInstance parse(byte[] content) throws UnreadableModelException {
    try {
      synchronized (PARSER) {
        return PARSER.parseModelFromStream(new ByteArrayInputStream(content));
      }
    } catch (ModelException e) {
      throw new UnreadableModelException(reason(e));
    }
  }

  /// The innermost cause knows the line.
  private static String reason(Throwable e) {
    var cause = e;
    while (cause.getCause() != null && cause.getCause().getMessage() != null)
      cause = cause.getCause();
    return cause.getMessage().replace("URI=null ", "");
  }
}
