package io.skep.benchmarks;

import io.skep.adapter.sbe.codec.SbeLogCodec;
import io.skep.domain.engine.Command;
import io.skep.domain.engine.Engine;
import io.skep.domain.engine.job.JobCommand.CompleteJob;
import io.skep.port.out.LogCodec;
import io.skep.port.out.LogCodec.Batch;
import io.skep.port.out.LogCodec.Entry;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What wire and log cost.
@State(Scope.Thread)
public class CodecBenchmark {
  /// Commands in an entry of a busy partition's log.
  private static final int COMMANDS = 10;

  private final LogCodec codec = new SbeLogCodec();
  private final Batch batch = new Batch(Engine.LOGIC_VERSION, 1_772_409_600_000L, 42, 7);
  private final Command create = Partition.create(Models.TASK);
  private final Command complete = new CompleteJob(1L << 51, Partition.VARIABLES);
  private final byte[] createBytes = codec.encode(create);
  private final List<byte[]> commands = new ArrayList<>();
  private final byte[] entry;

  public CodecBenchmark() {
    for (int i = 0; i < COMMANDS; i++) commands.add(codec.encode(i % 2 == 0 ? create : complete));
    entry = codec.encodeEntry(batch, commands);
  }

  @Benchmark
  public byte[] encodeCommand() {
    return codec.encode(create);
  }

  @Benchmark
  public Command decodeCommand() {
    return codec.decode(createBytes);
  }

  @Benchmark
  public byte[] encodeEntry() {
    return codec.encodeEntry(batch, commands);
  }

  @Benchmark
  public Entry decodeEntry() {
    return codec.decodeEntry(entry);
  }
}
