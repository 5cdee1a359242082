package io.skep.domain.engine.element;

/// Kinds of BPMN elements by their names in the record stream.
public enum ElementType {
  PROCESS,
  SUB_PROCESS,
  START_EVENT,
  INTERMEDIATE_CATCH_EVENT,
  INTERMEDIATE_THROW_EVENT,
  BOUNDARY_EVENT,
  END_EVENT,
  TASK,
  SERVICE_TASK,
  SEND_TASK,
  SCRIPT_TASK,
  BUSINESS_RULE_TASK,
  MANUAL_TASK,
  EXCLUSIVE_GATEWAY,
  PARALLEL_GATEWAY,
  SEQUENCE_FLOW
}
