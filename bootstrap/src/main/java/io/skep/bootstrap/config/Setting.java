package io.skep.bootstrap.config;

/// A value that somebody set.
///
/// @param path normalised by [Paths]
/// @param name as it was written
/// @param origin for messages, such as `config/skep.yaml:12`
record Setting(String path, String name, String value, String origin) {}
