package io.skep.bootstrap;

import io.skep.port.out.OperatorLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Singleton
final class LoggedOperatorLog implements OperatorLog {
  private static final Logger LOG = LoggerFactory.getLogger("skep");

  @Inject
  LoggedOperatorLog() {}

  @Override
  public void info(String message) {
    LOG.info(message);
  }

  @Override
  public void warn(String message) {
    LOG.warn(message);
  }

  @Override
  public void error(String message, Throwable cause) {
    LOG.error(message, cause);
  }
}
