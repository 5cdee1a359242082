package io.skep.domain.cluster;

/// A replica as its broker reports it.
///
/// @param term the election that made it what it is; of two leaders the one with the higher term
///   counts
public record PartitionState(int partitionId, PartitionRole role, long term, boolean healthy) {}
