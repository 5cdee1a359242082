package io.skep.bootstrap.architecture.violation.port.out;

public interface Port {
  void call();
}
