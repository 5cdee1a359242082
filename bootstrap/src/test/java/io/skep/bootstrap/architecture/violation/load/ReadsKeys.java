package io.skep.bootstrap.architecture.violation.load;

import io.skep.bootstrap.architecture.violation.port.out.Port;

record ReadsKeys(Port port) {}
