package io.skep.bootstrap.architecture.violation.bootstrap;

public final class Configuration {}
