package io.skep.adapter.sbe.codec;

import io.skep.domain.engine.Command;
import io.skep.port.out.LogCodec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// Commands and log entries in SBE.
@Singleton
public final class SbeLogCodec implements LogCodec {

  @Inject
  public SbeLogCodec() {}

  @Override
  public byte[] encode(Command command) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public Command decode(byte[] bytes) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public byte[] encodeEntry(Batch batch, List<byte[]> commands) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public Entry decodeEntry(byte[] bytes) {
    throw new UnsupportedOperationException("under construction");
  }

  @Override
  public int entryBytes(int commandBytes) {
    throw new UnsupportedOperationException("under construction");
  }
}
