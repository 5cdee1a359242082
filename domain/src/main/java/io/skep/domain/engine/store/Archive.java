package io.skep.domain.engine.store;

/// Where aggregates are that have left memory: what a checkpoint has stored, by its place.
public interface Archive {
  /// The place of nothing.
  long NOWHERE = -1;

  /// An archive that holds nothing.
  Archive EMPTY =
      place -> {
        throw new ArchiveException(
            "Expected an aggregate at place %d, but nothing was stored".formatted(place), null);
      };

  /// What was stored.
  ///
  /// @param place 0 or more, as the checkpoint that stored it has told
  /// @return not to be written to
  /// @throws ArchiveException if it cannot be read, or is damaged
  byte[] read(long place);
}
