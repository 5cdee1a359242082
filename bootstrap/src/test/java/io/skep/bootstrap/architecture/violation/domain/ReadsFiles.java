package io.skep.bootstrap.architecture.violation.domain;

import java.io.File;

final class ReadsFiles {
  boolean look(String name) {
    return new File(name).exists();
  }
}
