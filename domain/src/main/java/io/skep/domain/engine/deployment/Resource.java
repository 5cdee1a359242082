package io.skep.domain.engine.deployment;

/// A deployed file.
///
/// @param name the file's name, whose ending tells the language
/// @param content not to be written to
public record Resource(String name, byte[] content) {}
