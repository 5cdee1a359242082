package io.skep.bootstrap.memory;

import io.skep.domain.cluster.PartitionDistribution.Replicas;
import io.skep.port.out.PartitionLog;
import io.skep.port.out.PartitionLogs;
import io.skep.port.out.Replica;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Logs of a broker that is alone: what is proposed is committed at once, and lost with the
/// process.
@Singleton
final class MemoryLogs implements PartitionLogs {
  private static final int NODE = 0;

  @Inject
  MemoryLogs() {}

  @Override
  public PartitionLog open(Replicas partition, Replica replica) {
    var log = new MemoryLog(replica);
    log.thread.execute(() -> replica.leading(1));
    return log;
  }

  private static final class MemoryLog implements PartitionLog {
    private final Replica replica;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong index = new AtomicLong();

    MemoryLog(Replica replica) {
      this.replica = replica;
    }

    @Override
    public void propose(byte[] content, Proposal proposal) {
      thread.execute(
          () -> {
            replica.apply(index.incrementAndGet(), content, proposal);
            replica.committed(index.get());
          });
    }

    @Override
    public int maxEntryBytes() {
      return 1 << 20;
    }

    @Override
    public int leader() {
      return NODE;
    }

    @Override
    public Progress progress() {
      return new Progress(1, index.get(), index.get(), -1, true);
    }

    @Override
    public void close() {
      replica.notLeading();
      thread.close();
    }
  }
}
