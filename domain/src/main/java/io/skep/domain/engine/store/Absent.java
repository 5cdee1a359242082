package io.skep.domain.engine.store;

/// What is known of aggregates that have left memory: where they are, and which keys are theirs.
final class Absent {
  private final LongMap places = new LongMap(Archive.NOWHERE);

  /// The aggregate of each key that is not the aggregate's own.
  private final LongMap owners = new LongMap(0);

  boolean isEmpty() {
    return places.isEmpty();
  }

  long size() {
    return places.size();
  }

  long[] keys() {
    return places.keys();
  }

  /// Where an aggregate is, [Archive#NOWHERE] if it is not absent.
  long placeOf(long aggregateKey) {
    return places.get(aggregateKey);
  }

  /// The aggregate a key belongs to, 0 if to none that is absent.
  long ownerOf(long key) {
    return places.get(key) == Archive.NOWHERE ? owners.get(key) : key;
  }

  void put(long aggregateKey, long place) {
    places.put(aggregateKey, place);
  }

  void remove(long aggregateKey) {
    places.remove(aggregateKey);
  }

  void own(long key, long aggregateKey) {
    owners.put(key, aggregateKey);
  }

  void disown(long key) {
    owners.remove(key);
  }
}
