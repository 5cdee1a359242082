package io.skep.bootstrap.architecture.violation.domain.engine.job;

import io.skep.bootstrap.architecture.violation.domain.engine.Command;

public final class Jobs {
  private Jobs() {}

  public static void process(Command command) {
    command.hashCode();
  }
}
