package io.skep.domain.engine.incident;

/// What kind of help is needed, by the names in the record stream.
public enum IncidentType {
  IO_MAPPING_ERROR,
  EXTRACT_VALUE_ERROR,
  CONDITION_ERROR,
  JOB_NO_RETRIES,
  UNHANDLED_ERROR_EVENT,
  MESSAGE_SIZE_EXCEEDED
}
