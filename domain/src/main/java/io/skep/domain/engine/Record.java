package io.skep.domain.engine;

/// A command, an event or a rejection in the partition's record stream, as exporters see it.
///
/// @param position its place in the stream, from 1
/// @param sourcePosition of the command that caused it, -1 if it came from outside
/// @param key of the entity, -1 if it has none
/// @param content the command or event
/// @param rejection why it was refused, or `null` if it was not
public record Record(
    long position,
    long sourcePosition,
    long key,
    long timestampMs,
    Object content,
    Rejection rejection) {}
