package io.skep.bootstrap.architecture.violation.domain.engine;

public interface Command {}
