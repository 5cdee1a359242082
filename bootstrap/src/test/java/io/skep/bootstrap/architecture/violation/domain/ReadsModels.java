package io.skep.bootstrap.architecture.violation.domain;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;

final class ReadsModels {
  String text(BpmnModelInstance model) {
    return model.toString();
  }
}
