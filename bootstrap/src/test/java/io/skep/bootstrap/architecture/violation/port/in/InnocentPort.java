package io.skep.bootstrap.architecture.violation.port.in;

public interface InnocentPort {}
