package io.skep.adapter.raft.state;

/// When records are stored again to free the room of others.
///
/// @param floorBytes a state that takes up less is left alone; 0 or more
/// @param garbage the largest share of all bytes that may be out of force, more than 0, less than 1
/// @param files how many there may be, 2 or more
record CompactionLimits(long floorBytes, double garbage, int files) {
  /// With less garbage than 0.45 the disk holds at most 1.8 times the state, and each byte out of
  /// force costs at most 1.2 bytes to be copied. Each file costs a descriptor and a look at each
  /// checkpoint.
  static final CompactionLimits DEFAULT = new CompactionLimits(16 << 20, 0.45, 32);
}
