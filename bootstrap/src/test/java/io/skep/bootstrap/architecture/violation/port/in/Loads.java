package io.skep.bootstrap.architecture.violation.port.in;

import io.skep.bootstrap.architecture.violation.load.Generator;

record Loads(Generator generator) {}
