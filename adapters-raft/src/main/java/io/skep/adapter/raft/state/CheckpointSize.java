package io.skep.adapter.raft.state;

/// What a checkpoint took.
///
/// @param changed records that the replica gave
/// @param copied records that were stored again to free room
/// @param bytes what was written
/// @param totalBytes what the whole state takes up
public record CheckpointSize(long changed, long copied, long bytes, long totalBytes) {}
