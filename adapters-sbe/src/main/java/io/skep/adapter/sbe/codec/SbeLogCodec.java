package io.skep.adapter.sbe.codec;

import io.skep.adapter.sbe.codec.Message.Origin;
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
    return CommandCodec.encode(command);
  }

  @Override
  public Command decode(byte[] bytes) {
    return CommandCodec.decode(bytes, Origin.OWN);
  }

  @Override
  public byte[] encodeEntry(Batch batch, List<byte[]> commands) {
    return EntryCodec.encode(batch, commands);
  }

  @Override
  public Entry decodeEntry(byte[] bytes) {
    return EntryCodec.decode(bytes);
  }

  @Override
  public int entryBytes(byte[] command) {
    return Math.addExact(EntryCodec.OWN_BYTES, PackedCommands.bytes(command));
  }
}
