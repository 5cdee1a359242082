package io.skep.adapter.raft;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// What a broker tells all members of data directories.
///
/// @param id tells its own one from any other that a broker of its number had or will have
/// @param admitted whether what it votes and acknowledges rests on that directory; `false` while it
///   is new and nobody has found that it may be
/// @param seen the directories of the other brokers that it has known to be admitted, by node id
record DataClaim(UUID id, boolean admitted, Map<Integer, UUID> seen) {
  DataClaim {
    seen = Collections.unmodifiableMap(new TreeMap<>(seen));
  }
}
