package io.skep.bootstrap.architecture.violation.port.in;

import org.slf4j.Logger;

final class Logs {
  void log(Logger logger) {
    logger.info("");
  }
}
