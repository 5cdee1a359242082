package io.skep.adapter.bpmn.model;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.skep.domain.engine.element.ProcessModel;
import io.skep.domain.expression.ProcessReader.Readable;
import io.skep.domain.expression.ProcessReader.Reading;
import io.skep.domain.expression.ProcessReader.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.model.xml.ModelException;

/// Reads the executable processes of a BPMN file. What lies beside them (pools, lanes, drawings,
/// processes that are not executable) has no meaning here and may be anything.
public final class BpmnFile {
  private BpmnFile() {}

  public static Reading read(byte[] content) {
    try {
      return read(BpmnXml.parse(content));
    } catch (UnreadableModelException e) {
      return new Unreadable(e.getMessage());
    } catch (ClassCastException | ModelException e) {
      // The library resolves references with casts.
      return new Unreadable(
          "Expected references to lead to elements of the right kind: " + e.getMessage());
    } catch (StackOverflowError e) {
      return new Unreadable("Expected elements to be nested less deeply");
    }
  }

  private static Reading read(BpmnModelInstance model) {
    var problems = new Problems();
    var outlines = new ArrayList<ProcessOutline>();
    for (var process : model.getDefinitions().getChildElementsByType(Process.class)) {
      if (process.isExecutable()) outlines.add(ProcessOutline.of(process, problems));
    }
    if (outlines.isEmpty()) {
      problems.add(model.getDefinitions(), "Must contain at least one executable process");
    }
    // The checks that follow rely on references that lead to elements of the right kind.
    if (!problems.isEmpty()) return new Unreadable(problems.text());

    DesignChecks.check(model, outlines, problems);
    List<ProcessModel> processes = new ArrayList<>();
    for (var outline : outlines) {
      Extensions.check(outline, problems);
      processes.add(new ProcessCompiler(outline, problems).compile());
    }
    return problems.isEmpty() ? new Readable(processes) : new Unreadable(problems.text());
  }
}
