package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.skep.adapter.bpmn.feel.Feel;
import io.skep.adapter.bpmn.feel.Mapping;
import io.skep.domain.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/// Reads the input and output mappings of an element.
final class MappingReader {
  private static final Pattern PATH =
      Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*");
  private static final List<String> RESERVED =
      List.of(
          "null",
          "true",
          "false",
          "function",
          "if",
          "then",
          "else",
          "for",
          "between",
          "instance",
          "of",
          "not");

  private final Expressions expressions;
  private final Problems problems;

  MappingReader(Expressions expressions, Problems problems) {
    this.expressions = expressions;
    this.problems = problems;
  }

  /// `null` if there are none.
  Expression inputs(FlowNode node) {
    var mappings = new ArrayList<Mapping>();
    for (var group : groups(node)) {
      for (var input : group.getInputs()) {
        add(input.getTarget(), input, expressions.textOr(input.getSource(), input), mappings);
      }
    }
    return mappings.isEmpty() ? null : Feel.inputs(mappings);
  }

  /// `null` if there are none.
  Expression outputs(FlowNode node) {
    var mappings = new ArrayList<Mapping>();
    for (var group : groups(node)) {
      for (var output : group.getOutputs()) {
        add(output.getTarget(), output, expressions.feel(output.getSource(), output), mappings);
      }
    }
    return mappings.isEmpty() ? null : Feel.outputs(mappings);
  }

  private static List<ZeebeIoMapping> groups(FlowNode node) {
    var extensions = node.getExtensionElements();
    return extensions == null
        ? List.of()
        : List.copyOf(extensions.getChildElementsByType(ZeebeIoMapping.class));
  }

  private void add(
      String target, ModelElementInstance element, Expression source, List<Mapping> mappings) {
    var problem = problemOf(target);
    if (problem == null) mappings.add(new Mapping(List.of(target.split("\\.")), source));
    else problems.add(element, problem);
  }

  private static String problemOf(String target) {
    if (target == null || target.isBlank()) return "Expected path expression but not found.";
    if (!PATH.matcher(target).matches()) {
      return "Expected path expression '%s' but doesn't match the pattern '%s'."
          .formatted(target, PATH);
    }
    // Within a path, as in `sum.of`, they do no harm.
    if (RESERVED.contains(target)) {
      return "Expected path expression '%s' but is one of the reserved words (%s)."
          .formatted(target, String.join(", ", RESERVED));
    }
    return null;
  }
}
