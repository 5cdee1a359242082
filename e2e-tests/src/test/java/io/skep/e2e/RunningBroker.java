package io.skep.e2e;

import io.camunda.zeebe.client.ZeebeClient;
import java.nio.file.Path;

/// A broker that runs, with its record log, and a client of it.
final class RunningBroker implements AutoCloseable {
  final RecordLogFile records;
  final SkepProcess skep;
  final ZeebeClient client;

  /// @param directory of the process, which gets data and logs
  RunningBroker(Path directory) {
    records = new RecordLogFile(directory.resolve("records.jsonl"));
    skep =
        SkepProcess.broker(directory)
            .with("SKEP_BROKER_RECORDLOG_FILE", records.path().toAbsolutePath())
            .start();
    client = skep.client();
  }

  @Override
  public void close() {
    client.close();
    skep.close();
  }
}
