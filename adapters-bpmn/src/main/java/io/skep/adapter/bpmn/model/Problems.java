package io.skep.adapter.bpmn.model;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// What is wrong with a model, each with the element that a person has to look at.
final class Problems {
  /// A message that clients show to people need not be longer.
  private static final int MAX_CHARACTERS = 12 * 1024;

  private final Map<String, Set<String>> byPlace = new LinkedHashMap<>();

  void add(ModelElementInstance element, String text) {
    addAt("Element: " + name(element), text);
  }

  void addToProcess(String bpmnProcessId, String text) {
    addAt("Process: " + bpmnProcessId, text);
  }

  private void addAt(String place, String text) {
    byPlace.computeIfAbsent(place, _ -> new LinkedHashSet<>()).add(text);
  }

  boolean isEmpty() {
    return byPlace.isEmpty();
  }

  String text() {
    var text = new StringBuilder();
    byPlace.forEach(
        (place, problems) -> {
          text.append("- ").append(place).append('\n');
          problems.forEach(problem -> text.append("    - ERROR: ").append(problem).append('\n'));
        });
    return text.length() <= MAX_CHARACTERS
        ? text.toString()
        : text.substring(0, MAX_CHARACTERS) + "...";
  }

  /// Its id; without one the way to it from the nearest element that has one.
  static String name(ModelElementInstance element) {
    return name(element.getDomElement());
  }

  private static String name(DomElement element) {
    var id = element.getAttribute("id");
    if (id != null && !id.isEmpty()) return id;
    var parent = element.getParentElement();
    return parent == null ? element.getLocalName() : name(parent) + " > " + element.getLocalName();
  }
}
