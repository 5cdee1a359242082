package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.traversal.ModelWalker;
import io.camunda.zeebe.model.bpmn.validation.ValidationVisitor;
import io.camunda.zeebe.model.bpmn.validation.zeebe.ZeebeDesignTimeValidators;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.model.xml.instance.DomElement;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.camunda.bpm.model.xml.validation.ValidationResult;
import org.camunda.bpm.model.xml.validation.ValidationResultType;
import org.camunda.bpm.model.xml.validation.ValidationResults;

/// Whether a model makes sense: the checks that come with the model library, and before them
/// whether its elements are among those that the engine has.
final class DesignChecks {
  private final Problems problems;

  /// Elements that were refused as a whole: what else is wrong with them is of no interest.
  private final Set<DomElement> refused = new HashSet<>();

  private DesignChecks(Problems problems) {
    this.problems = problems;
  }

  static void check(BpmnModelInstance model, List<ProcessOutline> outlines, Problems problems) {
    var checks = new DesignChecks(problems);
    outlines.forEach(checks::refuseUnsupported);
    var visitor = new ValidationVisitor(ZeebeDesignTimeValidators.VALIDATORS);
    new ModelWalker(model).walk(visitor);
    checks.addAll(model.getDefinitions(), visitor.getValidationResult());
  }

  private void refuseUnsupported(ProcessOutline outline) {
    for (var placed : outline.nodes()) {
      var problem = Support.problemOf(placed.node());
      if (problem != null && !isWithinRefused(placed.node().getDomElement())) {
        problems.add(placed.node(), problem);
        refused.add(placed.node().getDomElement());
      }
    }
  }

  /// In document order, for the results come in none.
  private void addAll(ModelElementInstance element, ValidationResults results) {
    if (element instanceof Process process && !process.isExecutable()) return;
    if (refused.contains(element.getDomElement())) return;
    for (var result : results.getResults().getOrDefault(element, List.of())) add(result);
    for (var child : element.getDomElement().getChildElements()) {
      var instance = child.getModelElementInstance();
      if (instance != null) addAll(instance, results);
    }
  }

  private void add(ValidationResult result) {
    if (result.getType() == ValidationResultType.ERROR)
      problems.add(result.getElement(), result.getMessage());
  }

  private boolean isWithinRefused(DomElement element) {
    for (var at = element; at != null; at = at.getParentElement())
      if (refused.contains(at)) return true;
    return false;
  }
}
