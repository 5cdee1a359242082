package io.skep.adapter.raft;

import io.skep.domain.cluster.Address;
import java.util.Optional;

/// Where the internal APIs of brokers can be reached now. A broker may come back at another
/// address.
interface PeerAddresses {

  /// @return empty while nothing is known of this broker
  Optional<Address> of(int nodeId);

  /// Has it told that some address may have changed. Called on any thread; must not block.
  ///
  /// @return ends that
  Runnable onChange(Runnable listener);
}
