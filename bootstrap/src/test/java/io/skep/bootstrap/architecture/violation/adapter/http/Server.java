package io.skep.bootstrap.architecture.violation.adapter.http;

public final class Server {
  public void start() {}
}
