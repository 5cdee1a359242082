package io.skep.bootstrap.architecture.violation.port.in;

public final class OpenUseCase implements InnocentPort {}
