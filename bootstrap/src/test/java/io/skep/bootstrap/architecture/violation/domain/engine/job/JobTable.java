package io.skep.bootstrap.architecture.violation.domain.engine.job;

public final class JobTable {
  private Object last = "";

  public void apply(Object event) {
    last = event;
  }

  public Object last() {
    return last;
  }
}
