package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.ScriptTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// Checks the extension elements of Zeebe's namespace: those that the engine knows, and those that
/// mean nothing to it, are let pass.
final class Extensions {
  private static final String NAMESPACE = "http://camunda.org/schema/zeebe/1.0";
  private static final String RESERVED_HEADERS = "io.camunda.zeebe:";
  private static final Set<String> KNOWN =
      Set.of(
          "taskDefinition",
          "taskHeaders",
          "ioMapping",
          // For people and their tools only.
          "properties",
          "formDefinition",
          "userTaskForm",
          "versionTag");

  private Extensions() {}

  static void check(ProcessOutline outline, Problems problems) {
    check(outline.process(), problems);
    outline.nodes().stream()
        .filter(placed -> Support.problemOf(placed.node()) == null)
        .forEach(placed -> check(placed.node(), problems));
  }

  private static void check(BaseElement element, Problems problems) {
    for (var extension : of(element)) {
      if (!NAMESPACE.equals(extension.getNamespaceURI())) continue;
      if (!isKnown(extension.getLocalName(), element)) {
        problems.add(
            element,
            "Extension element 'zeebe:%s' is currently not supported"
                .formatted(extension.getLocalName()));
      } else if (extension.getModelElementInstance() instanceof ZeebeTaskHeaders headers) {
        checkHeaders(headers, problems);
      }
    }
  }

  private static boolean isKnown(String name, BaseElement element) {
    return KNOWN.contains(name) || name.equals("script") && element instanceof ScriptTask;
  }

  private static List<DomElement> of(BaseElement element) {
    ModelElementInstance extensions = element.getExtensionElements();
    return extensions == null ? List.of() : extensions.getDomElement().getChildElements();
  }

  private static void checkHeaders(ZeebeTaskHeaders headers, Problems problems) {
    for (var header : headers.getHeaders()) {
      if (header.getKey() != null && header.getKey().startsWith(RESERVED_HEADERS)) {
        problems.add(
            headers,
            "Attribute 'key' contains '%s', but header keys starting with '%s' are reserved for internal use."
                .formatted(header.getKey(), RESERVED_HEADERS));
      }
    }
  }
}
