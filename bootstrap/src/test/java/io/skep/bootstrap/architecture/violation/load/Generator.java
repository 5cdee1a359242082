package io.skep.bootstrap.architecture.violation.load;

public interface Generator {}
