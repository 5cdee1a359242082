package io.skep.port.out;

import io.skep.domain.engine.Command;
import io.skep.domain.engine.store.FibonacciHash;
import java.util.List;

/// Between commands and the bytes that the wire and the log hold.
public interface LogCodec {

  byte[] encode(Command command);

  /// @throws MalformedCommandException if the bytes are not a command that this version knows
  Command decode(byte[] bytes);

  /// Puts commands into a log entry.
  ///
  /// @param commands as they came off the wire, maybe of another version of this program
  byte[] encodeEntry(Batch batch, List<byte[]> commands);

  /// @throws MalformedCommandException if the bytes are not a log entry that this version knows
  Entry decodeEntry(byte[] bytes);

  /// How many bytes an entry takes that holds nothing but this command. One of several commands
  /// takes no more than the sum.
  int entryBytes(byte[] command);

  /// What the leader stamps on a batch of commands.
  ///
  /// @param logicVersion the behaviour under which every replica must run the batch
  /// @param timeMs the leader's time, epoch milliseconds, never less than in the batch before
  /// @param seed where randomness starts; see [#seedOf]
  /// @param firstRequest the number of the first command as a request; the next command has the
  ///   next number
  record Batch(int logicVersion, long timeMs, long seed, long firstRequest) {

    /// Where the randomness of a command starts.
    ///
    /// @param i the command's place in the batch, from 0
    public long seedOf(int i) {
      // Seeds of neighbours must differ in more than the last bits.
      return seed + FibonacciHash.of(i);
    }
  }

  /// @param commands in the order in which they are to be run
  record Entry(Batch batch, List<Command> commands) {}

  /// Bytes that are no command or entry.
  final class MalformedCommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedCommandException(String message) {
      super(message);
    }
  }
}
