package io.skep.bootstrap.config;

import java.util.List;

/// A key that Zeebe has and this program does not support.
///
/// @param name such as `zeebe.broker.data.runtimeDirectory`; ends in `.*` if any key below is meant
/// @param harmless values that ask for nothing; others are warned about or refused
/// @param refused whether other values stop the start, because to do without would be dangerous
/// @param note why, or what to use instead
record KnownKey(String name, List<String> harmless, boolean refused, String note) {

  boolean isHarmless(String value) {
    return harmless.stream().anyMatch(value.strip()::equalsIgnoreCase);
  }
}
