package io.skep.bootstrap.architecture.violation.adapter.raft;

import org.snakeyaml.engine.v2.api.LoadSettings;

final class ReadsYaml {
  String label(LoadSettings settings) {
    return settings.getLabel();
  }
}
