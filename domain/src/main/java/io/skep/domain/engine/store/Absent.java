package io.skep.domain.engine.store;

/// What is known of aggregates that have left memory: where they are, and which keys are theirs.
final class Absent {
  private final LongMap places = new LongMap(Archive.NOWHERE);

  /// The aggregate of each key that is not the aggregate's own.
  private final LongMap owners = new LongMap(0);

  /// No key above this one is of an absent aggregate. Most of what is asked for is younger than
  /// anything that has left memory: then nothing is looked up.
  private long highestKey;

  long[] keys() {
    return places.keys();
  }

  /// Where an aggregate is, [Archive#NOWHERE] if it is not absent.
  long placeOf(long aggregateKey) {
    return places.get(aggregateKey);
  }

  /// The aggregate a key belongs to, 0 if to none that is absent.
  long ownerOf(long key) {
    if (key > highestKey) return 0;
    return places.get(key) == Archive.NOWHERE ? owners.get(key) : key;
  }

  void put(long aggregateKey, long place) {
    highestKey = Math.max(highestKey, aggregateKey);
    places.put(aggregateKey, place);
  }

  void remove(long aggregateKey) {
    places.remove(aggregateKey);
  }

  void own(long key, long aggregateKey) {
    highestKey = Math.max(highestKey, key);
    owners.put(key, aggregateKey);
  }

  void disown(long key) {
    owners.remove(key);
  }
}
